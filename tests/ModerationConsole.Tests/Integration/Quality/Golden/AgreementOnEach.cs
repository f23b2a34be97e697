using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Core.Quality.Golden;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Golden;

/// <summary>What three people judged alike, without knowing of one another, is found for a lead to make golden.</summary>
public abstract class AgreementOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Case_JudgedAlikeByThree_IsFoundAndMadeGoldenOnce()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (Case about, _) = await room.DecidedAsync();
        await ReviewedAsync(room, about, Verdict.Violation);
        await VotedAsync(room, about, CalibrationState.Discussion, Verdict.Violation, Verdict.Allow);

        Agreement found = Assert.Single(await FindAsync(room));
        MakeGoldenResult made = await MakeAsync(room, about);
        MakeGoldenResult again = await MakeAsync(room, about);

        Assert.Equal(new Agreement(about.Number, Verdict.Violation, room.Policy.Name, 3, 1), found);
        Assert.Equal((MakeGoldenOutcome.Made, MakeGoldenOutcome.GoldenAlready), (made.Outcome, again.Outcome));
        GoldenCase golden = await room.GoldenNowAsync(made.GoldenId!.Value);
        Assert.Equal((GoldenOrigin.Agreement, null, room.Policy.Id), (golden.Origin, golden.MadeBy, golden.PolicyId));
        Assert.Empty(await FindAsync(room));
        Assert.Equal(room.Lead.Id, await room.Console.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.Act == AuditAct.GoldenMade).Select(row => row.ActorId).SingleAsync(Cancel)));
    }

    [Theory]
    [InlineData(CalibrationState.Voting, 0)]
    [InlineData(CalibrationState.Discussion, 1)]
    public async Task Votes_ThatAreStillSecret_AreNotTold(CalibrationState state, int found)
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (Case about, _) = await room.DecidedAsync();
        await VotedAsync(room, about, state, Verdict.Violation, Verdict.Violation);

        Assert.Equal(found, (await FindAsync(room)).Count);
        Assert.Equal(found == 1 ? MakeGoldenOutcome.Made : MakeGoldenOutcome.NoAgreement, (await MakeAsync(room, about)).Outcome);
    }

    [Fact]
    public async Task Agreement_OfTwo_OrOfOnePersonTwice_OrAfterTalking_IsNotEnough()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (Case two, _) = await room.DecidedAsync();
        await ReviewedAsync(room, two, Verdict.Violation);
        (Case twice, _) = await room.DecidedAsync();
        Guid reviewer = await ReviewedAsync(room, twice, Verdict.Violation);
        await VotedAsync(room, twice, CalibrationState.Closed, [(reviewer, Verdict.Violation, 1)]);
        (Case talked, _) = await room.DecidedAsync();
        await VotedAsync(room, talked, CalibrationState.Closed, [(Guid.Empty, Verdict.Violation, 1), (Guid.Empty, Verdict.Violation, 2)]);
        (Case otherwise, _) = await room.DecidedAsync(Verdict.Allow);
        await VotedAsync(room, otherwise, CalibrationState.Closed, Verdict.Violation, Verdict.Violation, Verdict.Violation);

        Assert.Empty(await FindAsync(room));
        foreach (Case about in new[] { two, twice, talked, otherwise })
        {
            Assert.Equal(MakeGoldenOutcome.NoAgreement, (await MakeAsync(room, about)).Outcome);
        }
    }

    [Fact]
    public async Task ChildSafetyCase_IsNeverFound()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (Case about, _) = await room.DecidedAsync();
        await VotedAsync(room, about, CalibrationState.Closed, Verdict.Violation, Verdict.Violation);
        Assert.Single(await FindAsync(room));

        await room.ChangeAsync(about, row => row.Sensitivity = Sensitivity.ChildSafety);

        Assert.Empty(await FindAsync(room));
    }

    private static Task<IReadOnlyList<Agreement>> FindAsync(GoldenRoom room) => room.Console.Use<FindAgreements>().RunAsync(room.Lead, Cancel);

    private static Task<MakeGoldenResult> MakeAsync(GoldenRoom room, Case about) => room.Console.Use<MakeGoldenOfAgreement>().RunAsync(room.Lead, about.Number, Cancel);

    // A sample that someone judged again; returns who.
    private static async Task<Guid> ReviewedAsync(GoldenRoom room, Case about, Verdict verdict)
    {
        Caller reviewer = await room.Console.PersonAsync(Core.People.Roles.QualityReviewer);
        await room.Console.WriteAsync(async scope =>
        {
            SamplingPlan plan = new() { Name = "Plan", Salt = "salt", MadeBy = room.Lead.Id, MadeAt = scope.Now };
            scope.Db.Add(plan);
            Guid first = (await scope.Db.Set<Case>().SingleAsync(row => row.Number == about.Number, Cancel)).DecisionId!.Value;
            Decision review = await room.JudgeAsync(scope, about, TaskKind.Qa, reviewer.Id, verdict);
            scope.Db.Add(new QualitySample
            {
                DecisionId = first, CaseNumber = about.Number, PlanId = plan.Id, Rate = 1, Random = true, QueueId = room.Queue.Id, TaskNumber = review.TaskNumber,
                ReviewId = review.Id, ReviewerId = reviewer.Id, ReviewedAt = scope.Now, State = SampleState.Settled,
            });
            return 0;
        });
        return reviewer.Id;
    }

    private static Task VotedAsync(GoldenRoom room, Case about, CalibrationState state, params Verdict[] verdicts) =>
        VotedAsync(room, about, state, [.. verdicts.Select(verdict => (Guid.Empty, verdict, 1))]);

    // Votes of a session; an empty id stands for someone new.
    private static async Task VotedAsync(GoldenRoom room, Case about, CalibrationState state, (Guid Person, Verdict Verdict, int Round)[] votes)
    {
        List<Guid> voters = [];
        foreach ((Guid person, _, _) in votes)
        {
            voters.Add(person == Guid.Empty ? (await room.Console.PersonAsync()).Id : person);
        }

        await room.Console.WriteAsync(async scope =>
        {
            CalibrationSession session = new() { Name = "Session", MadeBy = room.Lead.Id, MadeAt = scope.Now };
            foreach (CalibrationState next in new[] { CalibrationState.Voting, CalibrationState.Discussion, CalibrationState.Closed }.TakeWhile(next => session.State != state))
            {
                session.GoTo(next, scope.Now);
            }

            Guid first = (await scope.Db.Set<Case>().SingleAsync(row => row.Number == about.Number, Cancel)).DecisionId!.Value;
            CalibrationCase shown = new() { SessionId = session.Id, CaseNumber = about.Number, DecisionId = first };
            scope.Db.Add(session);
            scope.Db.Add(shown);
            for (int place = 0; place < votes.Length; place++)
            {
                Decision said = await room.JudgeAsync(scope, about, TaskKind.Calibration, voters[place], votes[place].Verdict);
                scope.Db.Add(new CalibrationVote
                {
                    CalibrationCaseId = shown.Id, PersonId = voters[place], Round = votes[place].Round, TaskNumber = said.TaskNumber,
                    DecisionId = said.Id, Verdict = said.Verdict, PolicyId = said.PolicyId, VotedAt = scope.Now,
                });
            }

            return 0;
        });
    }
}

/// <summary>On SQLite.</summary>
public sealed class FileAgreementTests(SqliteFiles server) : AgreementOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresAgreementTests(PostgresServer server) : AgreementOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerAgreementTests(SqlServerDatabases server) : AgreementOnEach(server), IClassFixture<SqlServerDatabases>;
