using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Calibration;

/// <summary>
/// Until votes are shown nobody reads one: every query of the core is asked by someone who votes as well and by the lead, before
/// others vote and after, with every number and id that they could know.
/// </summary>
public abstract class SecrecyOnEach(IDatabaseServer server)
{
    private const string Marker = "a note that only its voter may read";

    // What may change when others vote: how many votes there are, how much waits and who is at work. Never a case, a person or a desk.
    private static readonly string[] s_counts = [nameof(ReadCalibration), nameof(ListCalibrations), nameof(QueueBoard), nameof(MyQueues), nameof(PeopleAtWork)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task VotesOfOthers_BeforeTheReveal_ShowInNoQueryOfAVoterOrTheLead()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        Guid session = await room.VotingAsync();
        LeasedTask theirs = await room.Console.ClaimAsync(room.Second);
        Knowledge known = new(
            [room.Cases[0].Number, room.Cases[1].Number, theirs.TaskNumber, theirs.Fence],
            [session, room.Room.Queue.Id, room.First.Id, room.Room.Author.Id]);
        Dictionary<string, string> voter = await EveryQuery.AskAsync(room.Console, room.Second, known);
        Dictionary<string, string> lead = await EveryQuery.AskAsync(room.Console, room.Lead, known);
        Assert.Contains(voter.Keys, name => name.StartsWith("GetDeskCase", StringComparison.Ordinal));
        Assert.Contains(lead.Keys, name => name.StartsWith("FindAgreements", StringComparison.Ordinal));

        List<Guid> votes = [];
        for (int number = 0; number < CalibrationSession.FewestCases; number++)
        {
            LeasedTask drawn = await room.Console.ClaimAsync(room.First);
            DecideResult result = await room.Console.Use<DecideCase>().RunAsync(
                room.First,
                new DecideCommand(drawn.TaskNumber, drawn.Fence, Verdict.Violation) { PolicyId = room.Room.Policy.Id, InternalNote = Marker, ReasonForUser = Marker },
                Cancel);
            votes.Add(result.DecisionId!.Value);
        }

        AssertSecret(voter, await EveryQuery.AskAsync(room.Console, room.Second, known), votes);
        AssertSecret(lead, await EveryQuery.AskAsync(room.Console, room.Lead, known), votes);
        CalibrationView seen = await room.ReadAsync(session);
        Assert.Equal((10, 5, null), (seen.Wanted, seen.Voted, seen.Before));
        Assert.All(seen.Cases, row => Assert.Empty(row.Votes));
        Assert.Empty((await room.ReadAsync(session, room.Second)).Cases);

        // The same look finds them once they are shown.
        await room.RevealAsync(session, early: true);
        Assert.Contains("Violation", (await EveryQuery.AskAsync(room.Console, room.Second, known)).Single(row => row.Key.StartsWith($"{nameof(ReadCalibration)}({session}", StringComparison.Ordinal)).Value, StringComparison.Ordinal);
    }

    private static void AssertSecret(Dictionary<string, string> before, Dictionary<string, string> after, List<Guid> votes)
    {
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.All(after, answer =>
        {
            Assert.DoesNotContain(Marker, answer.Value, StringComparison.Ordinal);
            Assert.DoesNotContain(votes, vote => answer.Value.Contains(vote.ToString(), StringComparison.Ordinal));
        });
        string[] changed = [.. after.Where(answer => before[answer.Key] != answer.Value).Select(answer => answer.Key.Split('(')[0]).Distinct()];
        Assert.Empty(changed.Except(s_counts));
    }
}

/// <summary>On SQLite.</summary>
public sealed class FileSecrecyTests(SqliteFiles server) : SecrecyOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresSecrecyTests(PostgresServer server) : SecrecyOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerSecrecyTests(SqlServerDatabases server) : SecrecyOnEach(server), IClassFixture<SqlServerDatabases>;
