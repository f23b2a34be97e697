using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Data;

public sealed class WritePathTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operation_Throws_NothingIsStoredAndItsNeighbourIsUnharmed()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Task<int> failing = console.Writes.RunAsync<int>(async (scope, cancel) =>
        {
            scope.Record(Caller.System, AuditAct.QueueChanged, subject: "lost");
            await scope.Db.SaveChangesAsync(cancel);
            throw new InvalidOperationException("broken on purpose");
        }, Cancel);
        Task<int> fine = console.Writes.RunAsync((scope, _) =>
        {
            scope.Record(Caller.System, AuditAct.QueueChanged, subject: "kept");
            return Task.FromResult(1);
        }, Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.Equal(1, await fine);
        List<string?> stored = await console.ReadAsync(db => db.Set<AuditEntry>().Select(entry => entry.Subject).ToListAsync(Cancel));
        Assert.Equal(["kept"], stored);
    }

    [Fact]
    public async Task Operation_Discarded_ReturnsItsOutcomeAndStoresNothing()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        bool ran = false;
        string outcome = await console.Writes.RunAsync((scope, _) =>
        {
            scope.Record(Caller.System, AuditAct.QueueChanged);
            scope.AfterCommit(() => ran = true);
            scope.Discard();
            return Task.FromResult("refused");
        }, Cancel);

        Assert.Equal("refused", outcome);
        Assert.False(ran);
        Assert.Equal(0, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Cancelled_BeforeItBegan_IsNotRun()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        using CancellationTokenSource cancelled = new();
        TaskCompletionSource hold = new();
        Task<int> first = console.Writes.RunAsync(async (_, _) =>
        {
            await hold.Task;
            return 1;
        }, Cancel);
        bool ran = false;
        Task<int> second = console.Writes.RunAsync((_, _) =>
        {
            ran = true;
            return Task.FromResult(2);
        }, cancelled.Token);
        await cancelled.CancelAsync();
        hold.SetResult();

        Assert.Equal(1, await first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(ran);
    }

    [Fact]
    public async Task Operations_WaitingAtOnce_ShareOneCommitAndEachHasItsOwnOutcome()
    {
        await using TestConsole console = await Holding.ConsoleAsync();
        using Holding held = Holding.Take(console);
        Task<int>[] waiting = [.. Enumerable.Range(0, 5).Select(i => console.Writes.RunAsync((scope, _) =>
        {
            scope.Record(Caller.System, AuditAct.QueueChanged, subject: $"{i}");
            return Task.FromResult(i);
        }, Cancel))];
        int commits = await held.CommitsUntilAsync(Task.WhenAll(waiting));

        Assert.Equal<int[]>([0, 1, 2, 3, 4], await Task.WhenAll(waiting));
        Assert.Equal(1, commits);
        Assert.Equal(5, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task GroupMember_Throws_TheOthersAreStoredAndItAloneFails()
    {
        await using TestConsole console = await Holding.ConsoleAsync();
        using Holding held = Holding.Take(console);
        int tries = 0;
        Task<int>[] waiting = [.. Enumerable.Range(0, 5).Select(i => console.Writes.RunAsync(async (scope, cancel) =>
        {
            scope.Record(Caller.System, AuditAct.QueueChanged, subject: $"{i}");
            scope.Db.Add(new AnsweredRequest { KeyHash = [(byte)i], At = scope.Now });
            await scope.Db.SaveChangesAsync(cancel);
            tries += i == 2 ? 1 : 0;
            return i == 2 ? throw new InvalidOperationException("broken on purpose") : i;
        }, Cancel))];
        await held.CommitsUntilAsync(Task.WhenAll(waiting.Select(task => task.ContinueWith(_ => 0, TaskScheduler.Default))));

        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting[2]);
        Assert.Equal<int[]>([0, 1, 3, 4], await Task.WhenAll(waiting.Where((_, i) => i != 2)));
        Assert.Equal(2, tries);
        Assert.Equal(4, await console.ReadAsync(db => db.Set<AnsweredRequest>().CountAsync(Cancel)));
        Assert.Equal(["0", "1", "3", "4"], await console.ReadAsync(db => db.Set<AuditEntry>().Select(entry => entry.Subject).OrderBy(subject => subject).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task GroupMember_Discarded_HasItsOutcomeAndTheOthersAreStored()
    {
        await using TestConsole console = await Holding.ConsoleAsync();
        using Holding held = Holding.Take(console);
        int told = 0;
        Task<string>[] waiting = [.. Enumerable.Range(0, 3).Select(i => console.Writes.RunAsync(async (scope, cancel) =>
        {
            scope.Db.Add(new AnsweredRequest { KeyHash = [(byte)i], At = scope.Now });
            scope.AfterCommit(() => told++);
            await scope.Db.SaveChangesAsync(cancel);
            if (i == 1)
            {
                scope.Discard();
                return "refused";
            }

            return "stored";
        }, Cancel))];
        await held.CommitsUntilAsync(Task.WhenAll(waiting));

        Assert.Equal(["stored", "refused", "stored"], await Task.WhenAll(waiting));
        Assert.Equal(2, told);
        List<byte[]> stored = await console.ReadAsync(db => db.Set<AnsweredRequest>().Select(row => row.KeyHash).ToListAsync(Cancel));
        Assert.Equal<byte>([0, 2], stored.Select(key => key[0]).Order());
    }

    [Fact]
    public async Task GroupMember_ReadsWhatTheOneBeforeItStored()
    {
        await using TestConsole console = await Holding.ConsoleAsync();
        using Holding held = Holding.Take(console);
        Task<int>[] waiting = [.. Enumerable.Range(0, 3).Select(_ => console.Writes.RunAsync(async (scope, cancel) =>
        {
            int before = await scope.Db.Set<AnsweredRequest>().CountAsync(cancel);
            scope.Db.Add(new AnsweredRequest { KeyHash = [(byte)before], At = scope.Now });
            return before;
        }, Cancel))];
        int commits = await held.CommitsUntilAsync(Task.WhenAll(waiting));

        Assert.Equal(1, commits);
        Assert.Equal<int[]>([0, 1, 2], await Task.WhenAll(waiting));
    }

    [Fact]
    public async Task Console_ToldToEndWhileItStarts_StillRunsWhatItAccepts()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        using WritePath path = ActivatorUtilities.CreateInstance<WritePath>(console.Services);
        using CancellationTokenSource starting = new();
        await path.StartAsync(starting.Token);
        Assert.Equal(1, await path.RunAsync((_, _) => Task.FromResult(1), Cancel));
        await starting.CancelAsync();
        Assert.Equal(2, await path.RunAsync((_, _) => Task.FromResult(2), Cancel));

        Assert.Equal(3, await path.RunAsync((_, _) => Task.FromResult(3), Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel));
        await path.StopAsync(Cancel);
    }

    [Fact]
    public async Task Commit_WhoseListenerFails_IsNotRunAgain()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        int ran = 0;
        int outcome = await console.Writes.RunAsync((scope, _) =>
        {
            ran++;
            scope.AfterCommit(() => throw new InvalidOperationException("broken on purpose"));
            scope.Record(Caller.System, AuditAct.QueueChanged);
            return Task.FromResult(7);
        }, Cancel);

        Assert.Equal((7, 1), (outcome, ran));
        Assert.Equal(1, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task AuditEntry_Changed_IsRefusedByContextAndByDatabase()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.WriteAsync(scope => Task.FromResult(scope.Record(Caller.System, AuditAct.QueueChanged)));

        await Assert.ThrowsAsync<InvalidOperationException>(() => console.WriteAsync(async scope =>
        {
            scope.Db.Remove(await scope.Db.Set<AuditEntry>().SingleAsync(Cancel));
            return 0;
        }));
        await Assert.ThrowsAnyAsync<Exception>(() => console.WriteAsync(scope =>
            scope.Db.Database.ExecuteSqlRawAsync("UPDATE audit_entry SET Subject = 'forged'", Cancel)));
        await Assert.ThrowsAnyAsync<Exception>(() => console.WriteAsync(scope =>
            scope.Db.Database.ExecuteSqlRawAsync("DELETE FROM audit_entry", Cancel)));
        Assert.Equal(1, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.Subject == null, Cancel)));
    }

    [Fact]
    public async Task Moderator_PermissionsOfRole_AreKnownAndNoOthers()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync(Roles.Moderator);
        IAccessGuard guard = console.Get<IAccessGuard>();

        Assert.True(await guard.HasAsync(person, Permission.ReviewCases, Cancel));
        Assert.False(await guard.HasAsync(person, Permission.ManagePeople, Cancel));
        Assert.False(await guard.HasAsync(Caller.Person(Guid.NewGuid()), Permission.UseConsole, Cancel));
    }
}
