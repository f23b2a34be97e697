using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Review;

/// <summary>Breaks and pauses, as the person who sits at the desk.</summary>
public sealed class DeskRest(ICurrentCaller callers, ReadRest read, TakeBreak begin, PauseDesk pause, EndRest end)
{
    /// <summary>Whether the person rests; null when they may be offered work.</summary>
    public async Task<RestKind?> ReadAsync(CancellationToken cancellationToken) =>
        (await read.RunAsync(await callers.GetAsync(), cancellationToken)).Kind;

    /// <summary>A break begins; what is in hand goes back.</summary>
    public async Task TakeBreakAsync(CancellationToken cancellationToken) => await begin.RunAsync(await callers.GetAsync(), cancellationToken);

    /// <summary>Nobody is at the desk: it is offered nothing until someone is.</summary>
    public async Task PauseAsync(CancellationToken cancellationToken) => await pause.RunAsync(await callers.GetAsync(), cancellationToken);

    /// <summary>The person is back.</summary>
    public async Task EndAsync(CancellationToken cancellationToken) => await end.RunAsync(await callers.GetAsync(), cancellationToken);
}
