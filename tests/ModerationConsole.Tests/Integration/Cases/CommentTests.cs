using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Cases;

public sealed class CommentTests : IAsyncLifetime
{
    private TestConsole _console = null!;
    private Caller _moderator = null!;
    private CaseQueue _queue = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        _moderator = await _console.PersonAsync();
        _queue = await _console.QueueAsync();
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Comment_Written_StandsBesideTheCaseForTheTeam()
    {
        (Case about, _) = await _console.CaseAsync(_queue);

        Assert.Equal(CommentOutcome.Written, await WriteAsync(about, "  Asked the author's bank.  "));

        CommentRow comment = Assert.Single(await ListAsync(await _console.PersonAsync(), about));
        Assert.Equal(("Asked the author's bank.", true), (comment.Text, comment.OnThisCase));
        Assert.StartsWith("person", comment.Person, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comment_Written_IsInTheAuditByItsHashAndToldToPages()
    {
        (Case about, _) = await _console.CaseAsync(_queue);

        await WriteAsync(about, "A word for the team.");

        AuditEntry entry = await _console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.CaseCommented, Cancel));
        Assert.Equal((about.Number, _moderator.Id), (entry.CaseNumber, entry.ActorId));
        Assert.Matches("\"hash\":\"[0-9a-f]{64}\"", entry.Details);
        Assert.DoesNotContain("word", entry.Details, StringComparison.Ordinal);
        Assert.True(await _console.ReadAsync(db => db.Set<OutboxEvent>().AnyAsync(row => row.Kind == LiveKind.CaseChanged && row.CaseNumber == about.Number, Cancel)));
    }

    [Theory]
    [InlineData("", CommentOutcome.Empty)]
    [InlineData(" \n ", CommentOutcome.Empty)]
    [InlineData(null, CommentOutcome.TooLong)]
    public async Task Comment_ThatSaysNothingOrTooMuch_IsNotWritten(string? text, CommentOutcome expected)
    {
        (Case about, _) = await _console.CaseAsync(_queue);

        Assert.Equal(expected, await WriteAsync(about, text ?? new string('x', TextLength.Note + 1)));

        Assert.Empty(await ListAsync(_moderator, about));
        Assert.False(await _console.ReadAsync(db => db.Set<AuditEntry>().AnyAsync(row => row.Act == AuditAct.CaseCommented, Cancel)));
    }

    [Fact]
    public async Task Comment_OnAnotherVersionOfTheItem_IsShownToo()
    {
        (Case first, _) = await _console.CaseAsync(_queue, "before", itemId: "p-same");
        (Case second, _) = await _console.CaseAsync(_queue, "after", itemId: "p-same");
        (Case other, _) = await _console.CaseAsync(_queue);
        await WriteAsync(first, "On the first version.");
        await WriteAsync(other, "On something else.");
        _console.Clock.Advance(TimeSpan.FromMinutes(1));
        await WriteAsync(second, "On the second version.");

        Assert.Equal(
            [("On the first version.", false), ("On the second version.", true)],
            (await ListAsync(_moderator, second)).Select(row => (row.Text, row.OnThisCase)));
    }

    [Fact]
    public async Task Comment_OnAChildSafetyCase_NeedsThatPermissionToWriteAndToRead()
    {
        Caller permitted = await _console.PersonAsync(own: Permission.ChildSafety);
        (Case hidden, _) = await _console.CaseAsync(_queue, "hidden", sensitivity: Sensitivity.ChildSafety, itemId: "p-same");
        (Case open, _) = await _console.CaseAsync(_queue, "open", itemId: "p-same");

        Assert.Equal(CommentOutcome.NoCase, await WriteAsync(hidden, "Not for me."));
        Assert.Equal(CommentOutcome.Written, await _console.Use<CommentOnCase>().RunAsync(permitted, hidden.Number, "For few.", Cancel));

        Assert.Empty(await ListAsync(_moderator, hidden));
        Assert.Empty(await ListAsync(_moderator, open));
        Assert.Single(await ListAsync(permitted, hidden));
        Assert.True(await _console.ReadAsync(db => db.Set<OutboxEvent>().AllAsync(row => row.CaseNumber != hidden.Number || row.ChildSafety || row.Kind != LiveKind.CaseChanged, Cancel)));
    }

    [Fact]
    public async Task Comment_Stored_CanNeitherBeChangedNorDeleted()
    {
        (Case about, _) = await _console.CaseAsync(_queue);
        await WriteAsync(about, "Stays.");

        await Assert.ThrowsAnyAsync<Exception>(() => _console.WriteAsync(scope => scope.Db.Set<CaseComment>().ExecuteDeleteAsync(Cancel)));
        await Assert.ThrowsAnyAsync<Exception>(() => _console.WriteAsync(scope => scope.Db.Set<CaseComment>().ExecuteUpdateAsync(row => row.SetProperty(one => one.Text, "Gone."), Cancel)));

        Assert.Equal("Stays.", Assert.Single(await ListAsync(_moderator, about)).Text);
    }

    private Task<CommentOutcome> WriteAsync(Case about, string text) => _console.Use<CommentOnCase>().RunAsync(_moderator, about.Number, text, Cancel);

    private Task<IReadOnlyList<CommentRow>> ListAsync(Caller caller, Case about) => _console.Use<ListCaseComments>().RunAsync(caller, about.Number, Cancel);
}
