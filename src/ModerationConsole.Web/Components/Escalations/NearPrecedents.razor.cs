using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Escalations.Precedents;

namespace ModerationConsole.Web.Components.Escalations;

/// <summary>The precedents nearest to a case, looked up after it is drawn; when that fails, all else stands.</summary>
public sealed partial class NearPrecedents : IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private (object For, object? State)? _read;
    private IReadOnlyList<PrecedentOffer>? _offers;
    private bool _failed;

    /// <summary>What they are near to; looked up anew when it is another.</summary>
    [Parameter, EditorRequired]
    public required object For { get; set; }

    /// <summary>How that stands; looked up anew when it changes, while what was found before goes on standing there.</summary>
    [Parameter]
    public object? State { get; set; }

    /// <summary>Looks them up; null when there is nothing to tell (any more).</summary>
    [Parameter, EditorRequired]
    public required Func<CancellationToken, Task<IReadOnlyList<PrecedentOffer>?>> Read { get; set; }

    [Inject]
    public required ILogger<NearPrecedents> Log { get; init; }

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Equals(_read, (For, State)))
        {
            return;
        }

        if (!Equals(_read?.For, For))
        {
            (_offers, _failed) = (null, false);
        }

        _read = (For, State);
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        (object, object?) about = (For, State);
        CancellationToken closing = _closing.Token;
        try
        {
            IReadOnlyList<PrecedentOffer> offers = await Read(closing) ?? [];
            // What was looked up for a case that is gone is not shown beside the next one.
            if (Equals(about, _read))
            {
                (_offers, _failed) = (offers, false);
            }
        }
        catch (Exception error) when (closing.IsCancellationRequested || error is OperationCanceledException or PermissionDeniedException)
        {
            // The page closes, or the person may no longer work: the next command says so.
        }
#pragma warning disable CA1031 // whatever breaks here, the case can still be decided
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFault(Log, error, error.GetType().Name);
            _failed |= Equals(about, _read);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Precedents near a case could not be looked up ({Error})")]
    private static partial void LogFault(ILogger logger, Exception exception, string error);
}
