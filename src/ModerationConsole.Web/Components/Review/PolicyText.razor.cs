using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Policies;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>Text, guidance and version of the chosen policy.</summary>
public sealed partial class PolicyText : IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private PolicyView? _view;
    private (string Id, int Version)? _shown;
    private bool _failed;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    /// <summary>The chosen policy.</summary>
    [Parameter, EditorRequired]
    public required DeskPolicy Policy { get; set; }

    [Inject]
    public required IDeskAround Around { get; init; }

    [Inject]
    public required ILogger<PolicyText> Log { get; init; }

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Policy.Id, Policy.VersionNumber))
        {
            _shown = (Policy.Id, Policy.VersionNumber);
            _view = null;
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        _failed = false;
        if (_shown is not { } wanted)
        {
            return;
        }

        try
        {
            PolicyView? view = await Around.PolicyAsync(wanted.Id, wanted.Version, _closing.Token);
            // Another may have been chosen while this one was read.
            if (_shown == wanted)
            {
                _view = view;
                _failed = view is null;
            }
        }
        catch (OperationCanceledException)
        {
            // The desk is closed.
        }
#pragma warning disable CA1031 // a decision can be made without the text: that it is missing is said
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFault(Log, error, error.GetType().Name);
            _failed = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The text of a policy could not be read ({Error})")]
    private static partial void LogFault(ILogger logger, Exception exception, string error);
}
