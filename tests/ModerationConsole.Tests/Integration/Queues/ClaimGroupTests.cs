using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Data;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Queues;

/// <summary>Claims that wait at once: read for together, each with what it would have got alone.</summary>
public sealed class ClaimGroupTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claims_WaitingAtOnce_TakeTheFirstInOrderAndShareOneCommit()
    {
        await using TestConsole console = await Holding.ConsoleAsync();
        List<Caller> people = await PeopleAsync(console, 6);
        CaseQueue queue = await console.QueueAsync(people);
        List<long> inOrder = [];
        for (int i = 0; i < 8; i++)
        {
            inOrder.Add((await console.CaseAsync(queue, priority: 90 - i)).Task.Number);
        }

        using Holding held = Holding.Take(console);
        Task<ClaimResult>[] claims = [.. people.Append(people[0]).Select(person => console.Use<ClaimNextCase>().RunAsync(person, null, LeaseSlot.Shown, Cancel))];
        int commits = await held.CommitsUntilAsync(Task.WhenAll(claims));

        ClaimResult[] results = await Task.WhenAll(claims);
        Assert.Equal(inOrder[..6], results[..6].Select(result => result.Task!.TaskNumber));
        Assert.All(results[..6], result => Assert.Equal(ClaimOutcome.Claimed, result.Outcome));
        Assert.Equal((ClaimOutcome.AlreadyHolding, results[0].Task!.Fence), (results[6].Outcome, results[6].Task!.Fence));
        Assert.Equal(1, commits);
    }

    [Fact]
    public async Task Claims_WaitingAtOnce_SkipWhatIsNotForEachOfThem()
    {
        await using TestConsole console = await Holding.ConsoleAsync();
        List<Caller> people = await PeopleAsync(console, 4);
        CaseQueue queue = await console.QueueAsync(people);
        var (_, skipped) = await console.CaseAsync(queue, priority: 90);
        var (_, meant) = await console.CaseAsync(queue, priority: 80);
        var (both, first) = await console.CaseAsync(queue, priority: 70);
        ReviewTask second = await console.WriteAsync(scope => scope.QueueTaskAsync(Caller.System, both, TaskKind.Second, queue, 60, Instant.Never, Cancel));
        var (_, last) = await console.CaseAsync(queue, priority: 50);
        await console.WriteAsync(scope =>
        {
            scope.Db.Add(new TaskExclusion { TaskNumber = skipped.Number, PersonId = people[0].Id });
            scope.Db.Add(new TaskExclusion { TaskNumber = skipped.Number, PersonId = people[1].Id });
            scope.Db.Add(new TaskReservation { TaskNumber = meant.Number, PersonId = people[1].Id, Until = scope.Now.AddHours(1) });
            return Task.FromResult(0);
        });

        using Holding held = Holding.Take(console);
        Task<ClaimResult>[] claims = [.. people.Select(person => console.Use<ClaimNextCase>().RunAsync(person, null, LeaseSlot.Shown, Cancel))];
        int commits = await held.CommitsUntilAsync(Task.WhenAll(claims));

        // The first is kept from what they skipped and from what is another's; the second task of a case is nobody's while the first is in hand.
        Assert.Equal([first.Number, meant.Number, skipped.Number, last.Number], (await Task.WhenAll(claims)).Select(result => result.Task!.TaskNumber));
        // None had to find out from the database, which would have sent each on its own.
        Assert.Equal(1, commits);
        Assert.NotEqual(second.Number, last.Number);
    }

    [Fact]
    public async Task Claims_OfTasksThatMayLieBesideOthersOfTheirCase_TakeEachOnce()
    {
        await using TestConsole console = await Holding.ConsoleAsync();
        List<Caller> people = await PeopleAsync(console, 3, Permission.ReviewQuality);
        CaseQueue queue = await console.QueueAsync(people);
        List<long> inOrder = [];
        for (int i = 0; i < 3; i++)
        {
            inOrder.Add((await console.CaseAsync(queue, kind: TaskKind.Qa, priority: 90 - i)).Task.Number);
        }

        using Holding held = Holding.Take(console);
        Task<ClaimResult>[] claims = [.. people.Select(person => console.Use<ClaimNextCase>().RunAsync(person, null, LeaseSlot.Shown, Cancel))];
        int commits = await held.CommitsUntilAsync(Task.WhenAll(claims));

        Assert.Equal(inOrder, (await Task.WhenAll(claims)).Select(result => result.Task!.TaskNumber));
        Assert.Equal(1, commits);
    }

    [Fact]
    public async Task Page_OfAQueueReadForMany_OffersEachWhatTheirOwnReadingOffers()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        List<Caller> people = await PeopleAsync(console, 2);
        CaseQueue queue = await console.QueueAsync(people);
        CaseQueue other = await console.QueueAsync(people);
        Policy policy = await console.PolicyAsync();
        Random random = new(11);
        for (int i = 0; i < 60; i++)
        {
            var (about, task) = await console.CaseAsync(
                random.Next(2) == 0 ? queue : other, priority: random.Next(3), language: new[] { null, "en", "de" }[random.Next(3)],
                sensitivity: new[] { Sensitivity.Ordinary, Sensitivity.Ordinary, Sensitivity.Severe, Sensitivity.ChildSafety }[random.Next(4)]);
            int dice = random.Next(8);
            await console.WriteAsync(async scope =>
            {
                Case row = (await scope.Db.FindAsync<Case>([about.Number], Cancel))!;
                row.Severity = dice == 0 ? Severity.Severe : row.Severity;
                if (dice is 4 or 5)
                {
                    scope.Db.Add(new Report { CaseNumber = about.Number, ReporterTypeId = "account", ReporterId = "r-1", PolicyId = policy.Id, ReceivedAt = scope.Now });
                }

                scope.Db.Add<object>(dice switch
                {
                    1 => new TaskExclusion { TaskNumber = task.Number, PersonId = people[0].Id },
                    2 => new TaskReservation { TaskNumber = task.Number, PersonId = people[random.Next(2)].Id, Until = scope.Now.AddHours(1) },
                    _ => new TaskExclusion { TaskNumber = task.Number, PersonId = people[1].Id },
                });
                return 0;
            });
            if (dice == 3)
            {
                await console.HoldAsync(await console.PersonAsync(), task);
            }
        }

        Reviewer any = new(people[0].Id, new HashSet<Permission>(), [], []);
        Reviewer[] kinds =
        [
            any, any with { Languages = ["en"] }, any with { Permissions = new HashSet<Permission> { Permission.ChildSafety } },
            any with { Bar = new OfferBar(true, []) }, any with { Bar = new OfferBar(false, [policy.Id]) }, any with { Id = people[1].Id },
        ];
        Guid[] queues = [queue.Id, other.Id];
        foreach (Reviewer person in kinds)
        {
            List<long> alone = await CandidatesAsync(console, person, queues, claims: 0);
            Assert.Equal(alone, await CandidatesAsync(console, person, queues, claims: 3));
            Assert.Equal(alone, await CandidatesAsync(console, person, queues, claims: 100));
        }
    }

    [Fact]
    public async Task Claims_OfMany_AskNoMoreQuestionsThanThoseOfAFew()
    {
        Questions questions = new();
        await using TestConsole console = await Holding.ConsoleAsync(services => services.AddSingleton<IInterceptor>(questions));
        List<Caller> people = await PeopleAsync(console, 15);
        CaseQueue queue = await console.QueueAsync(people);
        for (int i = 0; i < 15; i++)
        {
            await console.CaseAsync(queue);
        }

        int few = await AskedAsync(people[..3]);
        int many = await AskedAsync(people[3..]);

        Assert.Equal(few, many);

        async Task<int> AskedAsync(List<Caller> claiming)
        {
            // What each may do is known already, so that only the claims themselves ask.
            await Task.WhenAll(claiming.Select(person => console.Get<IAccessGuard>().PermissionsOfAsync(person, Cancel).AsTask()));
            using Holding held = Holding.Take(console);
            Task<ClaimResult>[] claims = [.. claiming.Select(person => console.Use<ClaimNextCase>().RunAsync(person, null, LeaseSlot.Shown, Cancel))];
            int before = questions.Asked;
            held.Dispose();
            Assert.All(await Task.WhenAll(claims), result => Assert.Equal(ClaimOutcome.Claimed, result.Outcome));
            return questions.Asked - before;
        }
    }

    private static async Task<List<Caller>> PeopleAsync(TestConsole console, int count, params Permission[] own)
    {
        List<Caller> people = [];
        for (int i = 0; i < count; i++)
        {
            people.Add(await console.PersonAsync(own: own));
        }

        return people;
    }

    private static Task<List<long>> CandidatesAsync(TestConsole console, Reviewer person, Guid[] queues, int claims) => console.ReadAsync(async db =>
    {
        ClaimPages shared = claims == 0 ? ClaimPages.None : await ClaimPages.ReadAsync(db, queues.ToDictionary(queue => queue, _ => claims), Cancel);
        List<long> numbers = [];
        await foreach (WaitingTask task in ClaimOrder.CandidatesAsync(new ReadAhead(db), person, queues, shared, Cancel))
        {
            numbers.Add(task.TaskNumber);
        }

        return numbers;
    });

    private sealed class Questions : DbCommandInterceptor
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (eventData.CommandSource == CommandSource.LinqQuery)
            {
                Interlocked.Increment(ref _asked);
            }

            return new(result);
        }
    }
}
