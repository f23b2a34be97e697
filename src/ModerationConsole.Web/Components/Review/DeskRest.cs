using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Review;

/// <summary>Breaks and pauses, as the person who sits at the desk.</summary>
public sealed class DeskRest(
    ICurrentCaller callers, ReadRest read, TakeBreak begin, PauseDesk pause, EndRest end, ReadMeter meter, SetNoSevere noSevere)
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

    /// <summary>The person's own meter.</summary>
    /// <param name="offeredAt">When a break was last offered, UTC.</param>
    public async Task<OwnMeter> MeterAsync(DateTimeOffset? offeredAt, CancellationToken cancellationToken) =>
        await meter.RunAsync(await callers.GetAsync(), offeredAt, cancellationToken);

    /// <summary>The person wants no severe case for a while.</summary>
    public async Task NoSevereAsync(NoSevereFor length, CancellationToken cancellationToken) =>
        await noSevere.RunAsync(await callers.GetAsync(), length, cancellationToken);
}
