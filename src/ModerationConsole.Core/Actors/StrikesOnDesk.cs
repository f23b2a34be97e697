using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Enforcement;
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
        PlatformActor account = new(question.TypeId, question.Id);
        List<ActorStrike> strikes = await ActorStrikes.OfAsync(db, visible, account, table, question.At, question.AsOf, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<DeskOrderedStep> ordered = await OrderedAsync(db, table, account, cancellationToken).ConfigureAwait(false);
        List<ActorStrike> told = ordered.Count == 0 || !question.SeesChildSafety ? strikes
            : await ActorStrikes.OfAsync(db, db.Set<Case>().VisibleWith(s_none), account, table, question.At, question.AsOf, cancellationToken).ConfigureAwait(false);
        return new DeskStrikes(
            ActorStrikes.Sum(strikes), strikes.Count(strike => strike.State == StrikeState.Counts),
            table.Weights.ToDictionary(weight => weight.Severity, weight => weight.Count),
            [.. table.Steps.Where(step => !step.Automatic).Select(step => new DeskStrikeStep(step.Count, step.ActionId))])
        {
            Ordered = ordered,
            Standing = StrikeSums.Standing(told),
        };
    }

    private static async Task<IReadOnlyList<DeskOrderedStep>> OrderedAsync(
        ConsoleDbContext db, StrikeTable table, PlatformActor account, CancellationToken cancellationToken)
    {
        List<StrikeStep> steps = [.. table.Steps.Where(step => step.Automatic)];
        if (steps.Count == 0)
        {
            return [];
        }

        string[] named = [.. steps.Select(step => step.ActionId).Distinct()];
        Dictionary<string, ActionDefinition> actions = await db.Set<ActionDefinition>().AsNoTracking().Where(row => named.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancellationToken).ConfigureAwait(false);
        // One that cannot be ordered takes its number's place nevertheless: nothing lower is ordered in its stead.
        return [.. steps.Select(step => new DeskOrderedStep(step.Count, StrikeTable.CanOrder(actions[step.ActionId], account) ? actions[step.ActionId].Name : null))];
    }
}
