using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Intake;

/// <summary>What the platform's word that an item is gone does to what waits for it.</summary>
public sealed class GoneItemsTests : IAsyncLifetime
{
    private static readonly ItemTypeDraft s_note = new("it_note", "Note", ItemKind.Content,
    [
        new ItemField("text", FieldType.String, Required: true),
        new ItemField("removed", FieldType.Boolean, Role: FieldRole.IsDeleted),
    ]);

    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        await _console.TakesItemsAsync();
        await _console.Use<SaveItemType>().RunAsync(Caller.System, s_note, Cancel);
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData("1")]
    public async Task ItemThatIsGone_WithAWaitingCase_WithdrawsIt(object gone)
    {
        long number = await OpenAsync();

        ItemResult result = Assert.Single((await _console.SendAsync(Note(gone))).Results);

        Assert.Null(result.CaseNumber);
        Assert.Equal(CaseState.Closed, (await CaseAsync(number)).State);
        Assert.Equal(0, await CountAsync<WaitingTask>());
        Assert.Equal(TaskState.Withdrawn, (await _console.ReadAsync(db => db.Set<ReviewTask>().SingleAsync(Cancel))).State);
        Assert.Equal(1, await CountAsync<Case>());
    }

    [Fact]
    public async Task ItemThatIsGone_WhileSomeoneLooks_EndsTheirLease()
    {
        await OpenAsync();
        await _console.HoldAsync(await _console.PersonAsync(), await _console.ReadAsync(db => db.Set<ReviewTask>().SingleAsync(Cancel)));

        await _console.SendAsync(Note(true));

        Assert.Equal(0, await CountAsync<ActiveLease>());
        Assert.Equal(LeaseEnd.Revoked, (await _console.ReadAsync(db => db.Set<LeaseRecord>().SingleAsync(Cancel))).End);
    }

    [Fact]
    public async Task ItemThatNeverCameIn_AndIsGone_GetsNoCase()
    {
        await _console.SendAsync(Note(true));

        Assert.Equal((1, 0), (await CountAsync<ItemVersion>(), await CountAsync<Case>()));
    }

    [Fact]
    public async Task ItemThatIsBack_IsJudgedAgain()
    {
        long number = await OpenAsync();
        await _console.SendAsync(Note(true));

        ItemResult result = Assert.Single((await _console.SendAsync(Note(false))).Results);

        Assert.Equal(number, result.CaseNumber);
        Assert.Equal(CaseState.Open, (await CaseAsync(number)).State);
        Assert.Equal(1, await CountAsync<WaitingTask>());
    }

    [Fact]
    public async Task ItemGoneAndBack_InOneBatch_IsJudgedByTheLastWord()
    {
        long number = await OpenAsync();

        await _console.SendAsync(Note(true), Note(false));

        Assert.Equal(CaseState.Open, (await CaseAsync(number)).State);
    }

    [Theory]
    [InlineData(Sensitivity.ChildSafety, TaskKind.First)]
    [InlineData(Sensitivity.Ordinary, TaskKind.Expert)]
    [InlineData(Sensitivity.Ordinary, TaskKind.Appeal)]
    public async Task ItemThatIsGone_WithACaseThatMustBeSeen_LeavesItOpen(Sensitivity sensitivity, TaskKind kind)
    {
        long number = await OpenAsync();
        await _console.WriteAsync(async scope =>
        {
            Case about = await scope.Db.Set<Case>().SingleAsync();
            about.Sensitivity = sensitivity;
            CaseQueue queue = await scope.Db.Set<CaseQueue>().FirstAsync();
            await scope.QueueTaskAsync(Caller.System, about, kind, queue, 50, Core.Data.Instant.Never, CancellationToken.None);
            return 0;
        });

        await _console.SendAsync(Note(true));

        Assert.Equal(CaseState.Open, (await CaseAsync(number)).State);
        Assert.Equal(2, await CountAsync<WaitingTask>());
    }

    private async Task<long> OpenAsync() => (await _console.SendAsync(Note(false))).Results[0].CaseNumber!.Value;

    private static string Note(object gone) =>
        JsonSerializer.Serialize(new { id = "n-1", typeId = s_note.Id, data = new Dictionary<string, object> { ["text"] = "words", ["removed"] = gone } });

    private Task<Case> CaseAsync(long number) => _console.ReadAsync(db => db.Set<Case>().SingleAsync(row => row.Number == number, Cancel));

    private Task<int> CountAsync<T>()
        where T : class => _console.ReadAsync(db => db.Set<T>().CountAsync(Cancel));
}
