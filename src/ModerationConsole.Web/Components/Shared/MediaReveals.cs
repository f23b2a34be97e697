using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Server.Circuits;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Media;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>Asks for media to be shown, and says when it is hidden, as the person at the page.</summary>
public interface IMediaReveals
{
    /// <summary>Asks for one step.</summary>
    Task<RevealResult> RevealAsync(RevealRequest request);

    /// <summary>Says that the page has hidden it.</summary>
    Task HideAsync(Guid revealId);

    /// <summary>Says that everything is hidden: the page with all of it was left.</summary>
    Task HideAllAsync();

    /// <summary>How long until then.</summary>
    double SecondsUntil(DateTimeOffset end);
}

/// <summary>What is revealed on the pages of one circuit. When the line is lost the pages hide everything; this notes it.</summary>
internal sealed partial class MediaReveals(
    ICurrentCaller callers, RevealMedia reveal, HideMedia hide, ProofAsk proof, TimeProvider clock, ILogger<MediaReveals> log) : CircuitHandler, IMediaReveals
{
    private readonly ConcurrentDictionary<Guid, Caller> _open = new();

    public async Task<RevealResult> RevealAsync(RevealRequest request)
    {
        Caller caller = await callers.GetAsync();
        RevealResult result = await proof.WithAsync(
            () => reveal.RunAsync(caller, request, CancellationToken.None), result => result.Outcome == RevealOutcome.ProveFirst);
        if (result.RevealId is { } id)
        {
            _open[id] = caller;
        }

        return result;
    }

    public async Task HideAsync(Guid revealId)
    {
        if (!_open.TryRemove(revealId, out Caller? caller))
        {
            return;
        }

        try
        {
            await hide.RunAsync(caller, revealId, CancellationToken.None);
        }
        catch (PermissionDeniedException)
        {
            // The person may no longer use the console; the reveal ends with its task or its time.
        }
#pragma warning disable CA1031 // the page has hidden it, and what is left open here ends by itself
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFault(error.GetType().Name);
        }
    }

    public double SecondsUntil(DateTimeOffset end) => Math.Max(0, (end - clock.GetUtcNow()).TotalSeconds);

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => HideAllAsync();

    public async Task HideAllAsync()
    {
        foreach (Guid revealId in _open.Keys)
        {
            await HideAsync(revealId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "That media was hidden could not be noted ({Error})")]
    private partial void LogFault(string error);
}
