using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Stacks;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Stacks;

/// <summary>Stacks on a database with several writers.</summary>
public abstract class StackRaces(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PeopleWhoGatherAtOnce_NeverHoldTheSameCase_AndEachIsDecidedOnce()
    {
        await using StackRoom room = await StackRoom.OpenAsync(await server.EmptyAsync());
        Caller[] people = [.. await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => room.Console.PersonAsync()))];
        CaseQueue queue = await room.Console.QueueAsync(people);
        for (int i = 0; i < 24; i++)
        {
            await room.PostAsync(queue: queue);
        }

        await room.ReadAllAsync();
        int[] decided = await Task.WhenAll(people.Select(person => Task.Run(() => WorkAsync(room, person), Cancel)));

        Assert.Equal(24, decided.Sum());
        List<Decision> decisions = await room.AllAsync<Decision>();
        Assert.Equal((24, 24), (decisions.Count, decisions.Select(row => row.CaseNumber).Distinct().Count()));
        Assert.Empty(await room.LeasesAsync());
        Assert.Empty(await room.WaitingAsync());
    }

    [Fact]
    public async Task SubmittedAndTakenBackAtOnce_AStackEndsOneWay()
    {
        await using StackRoom room = await StackRoom.OpenAsync(await server.EmptyAsync());
        Caller lead = await room.Console.PersonAsync(Core.People.Roles.Lead);
        for (int round = 0; round < 6; round++)
        {
            ReviewTask[] posts = [await room.PostAsync(), await room.PostAsync(), await room.PostAsync()];
            (LeasedTask drawn, _) = await room.DrawAsync();
            IReadOnlyList<StackMember> members = await room.MembersAsync(drawn);

            Task<DecideStackResult> deciding = Task.Run(() => room.DecideAsync(drawn, members, Verdict.Allow), Cancel);
            await room.Console.Use<RevokeLease>().RunAsync(lead, posts[1].Number, forAnother: false, Cancel);
            DecideStackResult result = await deciding;

            Assert.Equal(DecideOutcome.Decided, result.Shown.Outcome);
            List<long> waiting = await room.WaitingAsync();
            Assert.Equal(result.LeftOut.Select(member => member.TaskNumber), waiting);
            Assert.Equal(members.Count - waiting.Count, result.Members);
            foreach (long left in waiting)
            {
                ActiveLease lease = await room.Console.HoldAsync(room.Person, posts.Single(post => post.Number == left));
                await room.Console.Use<DecideCase>().RunAsync(room.Person, new DecideCommand(left, lease.Fence, Verdict.Allow), Cancel);
            }
        }
    }

    private static async Task<int> WorkAsync(StackRoom room, Caller person)
    {
        int decided = 0;
        while (await room.Console.Use<ClaimNextCase>().RunAsync(person, null, cancellationToken: Cancel) is { Outcome: ClaimOutcome.Claimed, Task: { } drawn })
        {
            await room.GatherAsync(drawn, person);
            IReadOnlyList<StackMember> members = await room.MembersAsync(drawn, person);
            DecideStackResult result = await room.Console.Use<DecideStack>().RunAsync(
                person,
                new DecideStackCommand(
                    new DecideCommand(drawn.TaskNumber, drawn.Fence, Verdict.Allow),
                    [.. members.Take(4).Select(member => new StackMemberChoice(member.TaskNumber, member.Fence, member.Seen))]),
                Cancel);
            Assert.Equal(DecideOutcome.Decided, result.Shown.Outcome);
            decided += 1 + result.Members;
        }

        return decided;
    }
}

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresStackTests(PostgresServer server) : StackRaces(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerStackTests(SqlServerDatabases server) : StackRaces(server), IClassFixture<SqlServerDatabases>;
