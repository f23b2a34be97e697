using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Programs;

/// <summary>What the readings for programs have in common.</summary>
internal static class ProgramQueries
{
    /// <summary>The cases a program may know of: child-safety ones only with that scope.</summary>
    public static async Task<IQueryable<Case>> CasesForAsync(this ConsoleDbContext db, Caller caller, IAccessGuard guard, CancellationToken cancellationToken)
    {
        IQueryable<Case> cases = db.Set<Case>().AsNoTracking();
        return await guard.HasAsync(caller, Permission.ChildSafety, cancellationToken).ConfigureAwait(false)
            ? cases
            : cases.Where(about => about.Sensitivity != Sensitivity.ChildSafety);
    }

    /// <summary>Tasks that ask for a judgement. Quality work on a case must not show.</summary>
    public static IQueryable<ReviewTask> OpenJudgements(this ConsoleDbContext db) => db.Set<ReviewTask>().Where(task =>
        (task.State == TaskState.Waiting || task.State == TaskState.Leased)
        && !TaskKinds.Measuring.Contains(task.Kind));

    /// <summary>Reads cases, newest first.</summary>
    public static async Task<List<ProgramCase>> ReadCasesAsync(this ConsoleDbContext db, IQueryable<Case> cases, int most, CancellationToken cancellationToken)
    {
        var rows = await (
            from about in cases
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            orderby about.Number descending
            select new { About = about, Item = new ItemName(item.ItemId, item.TypeId) }).Take(most).ToListAsync(cancellationToken).ConfigureAwait(false);
        long[] numbers = [.. rows.Select(row => row.About.Number)];
        var queues = await (
            from task in db.OpenJudgements()
            join queue in db.Set<CaseQueue>() on task.QueueId equals queue.Id
            where numbers.Contains(task.CaseNumber)
            orderby task.Number
            select new { task.CaseNumber, queue.Slug }).ToListAsync(cancellationToken).ConfigureAwait(false);
        ILookup<long, string> slugs = queues.ToLookup(row => row.CaseNumber, row => row.Slug);
        return [.. rows.Select(row => new ProgramCase(
            row.About.Number, row.About.State, row.About.CaseVersion, row.About.Source, row.About.Sensitivity, row.About.Severity, row.About.Language,
            row.Item, slugs[row.About.Number].LastOrDefault(), row.About.OpenedAt, row.About.LastEvidenceAt, row.About.EndedAt))];
    }

    /// <summary>Reads decisions that are final, in the order given.</summary>
    public static async Task<List<ProgramDecision>> ReadDecisionsAsync(
        this ConsoleDbContext db, IQueryable<Decision> decisions, IQueryable<Case> cases, CancellationToken cancellationToken)
    {
        var rows = await (
            from decision in decisions
            join about in cases on decision.CaseNumber equals about.Number
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            join person in db.Set<Moderator>() on decision.DeciderId equals person.Id into people
            from person in people.DefaultIfEmpty()
            orderby decision.UndoUntil, decision.CaseNumber
            select new
            {
                decision.Id,
                decision.CaseNumber,
                decision.CaseVersion,
                Item = new ItemName(item.ItemId, item.TypeId),
                decision.Verdict,
                decision.PolicyId,
                decision.Actions,
                decision.ReasonForUser,
                decision.DecidedAt,
                decision.UndoUntil,
                decision.State,
                decision.ReversesId,
                Actor = person == null ? null : person.Pseudonym,
            }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => new ProgramDecision(
            row.Id, row.CaseNumber, row.CaseVersion, row.Item, row.Verdict, row.PolicyId,
            row.Actions.Split(',', StringSplitOptions.RemoveEmptyEntries), row.ReasonForUser, row.DecidedAt, row.UndoUntil,
            row.State == DecisionState.Reversed, row.ReversesId, row.Actor))];
    }
}
