using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Calibration;

/// <summary>Someone who votes.</summary>
public sealed record CalibrationVoter(Guid Id, string Name);

/// <summary>A vote as it is talked about.</summary>
/// <param name="DecidedIt">Whether who gave it had decided the case: it is left out of agreement.</param>
public sealed record VoteShown(Guid PersonId, int Round, Verdict Verdict, string? PolicyName, bool DecidedIt);

/// <summary>A case of a session with the votes that are shown.</summary>
public sealed record CalibrationCaseView(long CaseNumber, string Notes, IReadOnlyList<VoteShown> Votes);

/// <summary>A session as those see it who are in it or run quality.</summary>
/// <param name="CaseCount">How many cases it has.</param>
/// <param name="Cases">The cases: for who votes only once their votes are shown, so that nothing can be looked up before.</param>
/// <param name="Wanted">Votes asked for in the round that goes on; 0 while none does.</param>
/// <param name="Voted">How many of them are given. Whose they are is not told.</param>
/// <param name="MyLeft">How many of them are wanted of the caller.</param>
/// <param name="Before">Agreement before the discussion; null while the votes are secret.</param>
/// <param name="After">Agreement after it; null while the session is not over, and where nobody voted again.</param>
/// <param name="Version">The version that a change must name.</param>
public sealed record CalibrationView(
    Guid Id, string Name, CalibrationState State, DateTimeOffset StateSince, string MadeBy, string Notes, IReadOnlyList<CalibrationVoter> People, int CaseCount,
    IReadOnlyList<CalibrationCaseView> Cases, int Wanted, int Voted, int MyLeft, CalibrationAgreement? Before, CalibrationAgreement? After, long Version);

/// <summary>Reads a calibration session. Until its votes are shown nobody reads one, not even who leads it.</summary>
[Requires(Permission.ReviewCases)]
public sealed class ReadCalibration(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>The session; null for those who neither vote in it nor run quality.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not review.</exception>
    public async Task<CalibrationView?> RunAsync(Caller caller, Guid sessionId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadCalibration>(caller, cancellationToken).ConfigureAwait(false);
        bool leads = await guard.HasAsync(caller, Permission.RunQuality, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            CalibrationSession? session = await db.Set<CalibrationSession>().AsNoTracking().ThatMayBeSeen(db, caller, leads)
                .SingleOrDefaultAsync(row => row.Id == sessionId, cancellationToken).ConfigureAwait(false);
            return session is null ? null : await ViewAsync(db, caller, leads, session, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<CalibrationView> ViewAsync(ConsoleDbContext db, Caller caller, bool leads, CalibrationSession session, CancellationToken cancellationToken)
    {
        List<CalibrationVoter> people = await (
            from row in db.Set<CalibrationPerson>()
            join person in db.Set<Moderator>() on row.PersonId equals person.Id
            where row.SessionId == session.Id
            orderby person.DisplayName
            select new CalibrationVoter(person.Id, person.DisplayName)).ToListAsync(cancellationToken).ConfigureAwait(false);
        List<CalibrationCase> cases = await CalibrationTasks.Shown(db).AsNoTracking().Where(row => row.SessionId == session.Id)
            .OrderBy(row => row.Position).ToListAsync(cancellationToken).ConfigureAwait(false);
        int[] rounds = CalibrationReading.RoundsShown(session.State);
        List<ShownVote> votes = await VotesAsync(db, [.. cases.Select(row => row.Id)], rounds, cancellationToken).ConfigureAwait(false);
        ILookup<Guid, ShownVote> byCase = votes.ToLookup(vote => vote.CalibrationCaseId);
        (int voted, int mine) = await CalibrationReading.VotedAsync(db, session, caller.Id, cancellationToken).ConfigureAwait(false);
        bool asked = CalibrationTasks.RoundOf(session.State) is not null;
        return new CalibrationView(
            session.Id, session.Name, session.State, session.StateSince,
            await db.Set<Moderator>().Where(row => row.Id == session.MadeBy).Select(row => row.DisplayName).SingleAsync(cancellationToken).ConfigureAwait(false),
            session.Notes, people, cases.Count,
            leads || rounds.Length > 0
                ? [.. cases.Select(row => new CalibrationCaseView(row.CaseNumber, row.Notes, [.. byCase[row.Id].Select(vote => new VoteShown(vote.PersonId, vote.Round, vote.Verdict, vote.PolicyName, vote.DecidedIt))]))]
                : [],
            asked ? cases.Count * people.Count : 0, voted, asked && people.Exists(person => person.Id == caller.Id) ? cases.Count - mine : 0,
            CalibrationAgreement.Of([.. votes.Where(vote => vote.Round == 1)]), CalibrationAgreement.Of([.. votes.Where(vote => vote.Round == 2)]), session.Version);
    }

    private static async Task<List<ShownVote>> VotesAsync(ConsoleDbContext db, Guid[] cases, int[] rounds, CancellationToken cancellationToken) => rounds.Length == 0 ? [] : await (
        from vote in db.Set<CalibrationVote>()
        join shown in db.Set<CalibrationCase>() on vote.CalibrationCaseId equals shown.Id
        join person in db.Set<Moderator>() on vote.PersonId equals person.Id
        where cases.Contains(vote.CalibrationCaseId) && rounds.Contains(vote.Round) && vote.Verdict != null
        join policy in db.Set<Policy>() on vote.PolicyId equals policy.Id into policies
        from policy in policies.DefaultIfEmpty()
        orderby person.DisplayName, vote.Round
        select new ShownVote(
            vote.CalibrationCaseId, vote.PersonId, person.DisplayName, vote.Round, vote.Verdict!.Value, vote.PolicyId, policy == null ? null : policy.Name,
            db.Set<Decision>().Any(decision => decision.CaseNumber == shown.CaseNumber && decision.DeciderId == vote.PersonId && decision.State != DecisionState.Undone
                && db.Set<ReviewTask>().Any(task => task.Number == decision.TaskNumber && !TaskKinds.Measuring.Contains(task.Kind)))))
        .ToListAsync(cancellationToken).ConfigureAwait(false);
}
