using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Golden;

/// <summary>A golden case with what was agreed.</summary>
/// <param name="PolicyVersion">Number of the policy's version that the agreement is about.</param>
/// <param name="Actions">Names of the agreed actions.</param>
/// <param name="Note">Why it is so.</param>
/// <param name="Queue">Name of the queue amid whose work it is mixed.</param>
/// <param name="MadeBy">Name of who chose it; null where it came of agreement.</param>
/// <param name="SevereAskedBy">Name of the lead who asked for it though it is severe.</param>
public sealed record GoldenView(
    Guid Id, long CaseNumber, GoldenOrigin Origin, Verdict Verdict, string? PolicyName, int? PolicyVersion, IReadOnlyList<string> Actions, string? Note,
    string Queue, string? MadeBy, DateTimeOffset MadeAt, bool Severe, string? SevereAskedBy, GoldenState State, GoldenRetirement? Retirement,
    DateTimeOffset? RetiredAt, GoldenFigure Figure);

/// <summary>Reads a golden case. How it is answered is told over all people, never by person.</summary>
[Requires(Permission.AdjudicateQuality)]
public sealed class ReadGolden(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>The golden case; null where there is none that the caller may know of.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not adjudicate.</exception>
    public async Task<GoldenView?> RunAsync(Caller caller, Guid goldenId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadGolden>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var found = await (
                from row in db.Set<GoldenCase>().AsNoTracking().ThatMayBeSeen(db)
                where row.Id == goldenId
                join decision in db.Set<Decision>() on row.DecisionId equals decision.Id
                join task in db.Set<ReviewTask>() on decision.TaskNumber equals task.Number
                join queue in db.Set<CaseQueue>() on task.QueueId equals queue.Id
                join version in db.Set<PolicyVersion>() on row.PolicyVersionId equals version.Id into versions
                from version in versions.DefaultIfEmpty()
                select new
                {
                    Golden = row,
                    Queue = queue.Name,
                    Policy = version == null ? row.PolicyId : version.Name,
                    Version = version == null ? (int?)null : version.Number,
                    MadeBy = db.Set<Moderator>().Where(person => person.Id == row.MadeBy).Select(person => person.DisplayName).FirstOrDefault(),
                    AskedBy = db.Set<Moderator>().Where(person => person.Id == row.SevereAskedBy).Select(person => person.DisplayName).FirstOrDefault(),
                }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (found is null)
            {
                return null;
            }

            GoldenCase golden = found.Golden;
            IQueryable<GoldenAnswer> answers = db.Set<GoldenAnswer>().Where(row => row.GoldenId == goldenId);
            GoldenFigure figure = GoldenFigure.Of(
                await answers.CountAsync(cancellationToken).ConfigureAwait(false),
                await answers.CountAsync(row => row.Passed != null, cancellationToken).ConfigureAwait(false),
                await answers.CountAsync(row => row.Passed == true, cancellationToken).ConfigureAwait(false));
            return new GoldenView(
                golden.Id, golden.CaseNumber, golden.Origin, golden.Verdict, found.Policy, found.Version,
                await ActionNamesAsync(db, golden.Actions, cancellationToken).ConfigureAwait(false), golden.Note, found.Queue, found.MadeBy, golden.MadeAt,
                golden.Severe, found.AskedBy, golden.State, golden.Retirement, golden.RetiredAt, figure);
        }
    }

    private static async Task<IReadOnlyList<string>> ActionNamesAsync(ConsoleDbContext db, string ids, CancellationToken cancellationToken)
    {
        string[] ordered = ActionScope.List(ids);
        Dictionary<string, string> names = await db.Set<ActionDefinition>().Where(action => ordered.Contains(action.Id))
            .ToDictionaryAsync(action => action.Id, action => action.Name, cancellationToken).ConfigureAwait(false);
        return [.. ordered.Select(id => names.GetValueOrDefault(id, id))];
    }
}
