using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Actors;

/// <summary>Tells the desk how many strikes the author of an item has, as of when the item is judged.</summary>
internal sealed class StrikesOnDesk : IStrikesOnDesk
{
    private static readonly HashSet<Permission> s_none = [];
    private static readonly HashSet<Permission> s_childSafety = [Permission.ChildSafety];

    public async Task<DeskStrikes> OfAsync(StrikesQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        ConsoleDbContext db = question.Db;
        StrikeTable table = await StrikeTable.ReadAsync(db, cancellationToken).ConfigureAwait(false);
        // A sum that held child-safety cases would tell of them to people who may not know.
        IQueryable<Case> visible = db.Set<Case>().VisibleWith(question.SeesChildSafety ? s_childSafety : s_none);
        List<ActorStrike> strikes = await ActorStrikes.OfAsync(
            db, visible, new PlatformActor(question.TypeId, question.Id), table, question.At, question.AsOf, cancellationToken).ConfigureAwait(false);
        return new DeskStrikes(
            ActorStrikes.Sum(strikes), strikes.Count(strike => strike.State == StrikeState.Counts),
            table.Weights.ToDictionary(weight => weight.Severity, weight => weight.Count),
            [.. table.Steps.Where(step => !step.Automatic).Select(step => new DeskStrikeStep(step.Count, step.ActionId))]);
    }
}
