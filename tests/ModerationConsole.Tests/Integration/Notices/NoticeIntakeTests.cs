using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Notices;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Notices;

/// <summary>Which notices are taken in, and what they make.</summary>
public sealed class NoticeIntakeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_AboutANewPost_OpensACaseWhoseTaskItsClockGoverns()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        DateTimeOffset received = room.Console.Clock.GetUtcNow().AddMinutes(-10);

        NoticeReceipt receipt = await room.SendAsync(body => body["receivedAt"] = received.ToString("O"));

        Assert.Equal(("eu-terrorist-content", received, received.AddMinutes(60), 60, true), (receipt.Type, receipt.ReceivedAt, receipt.DueAt, receipt.ClockMinutes, receipt.ByLaw));
        Notice notice = await room.NoticeAsync(receipt);
        Assert.Equal((receipt.Id, NoticeState.Running, "EU", "Regulation (EU) 2021/784, art. 3", "Authority for media", "AZ 7/26"),
            (notice.Id, notice.State, notice.Jurisdiction, notice.Basis, notice.Sender, notice.Reference));
        long number = Assert.Single(receipt.Cases);
        Case about = await room.Console.ReadAsync(db => db.Set<Case>().SingleAsync(row => row.Number == number, Cancel));
        Assert.Equal((CaseSource.Notice, CaseState.Open, true), (about.Source, about.State, about.Noticed));
        ReviewTask task = await room.TaskOfAsync(number);
        Assert.Equal((receipt.DueAt, ClockUrgency.Pressing), (task.DueAt, task.Priority));
        WaitingTask waiting = await room.Console.ReadAsync(db => db.Set<WaitingTask>().SingleAsync(row => row.TaskNumber == task.Number, Cancel));
        Assert.Equal((receipt.DueAt, ClockUrgency.Pressing), (waiting.DueAt, waiting.Priority));
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<CaseEvent>().CountAsync(row => row.CaseNumber == number && row.Kind == CaseEventKind.NoticeReceived && row.SubjectId == receipt.Id, Cancel)));
        AuditEntry entry = await room.Console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.NoticeReceived, Cancel));
        Assert.Equal((number, receipt.Id.ToString()), (entry.CaseNumber, entry.Subject));
        Assert.DoesNotContain("Authority", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notice_SentAgain_MakesOneCaseAndOneClock()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        JsonObject body = room.Body();
        NoticeReceipt first = await room.SendAsync(sent => Copy(body, sent));
        room.Console.Clock.Advance(TimeSpan.FromMinutes(3));

        NoticeReceipt again = await room.SendAsync(sent => Copy(body, sent));
        NoticeReceipt other = await room.SendAsync(sent => { Copy(body, sent); sent["reference"] = "AZ 8/26"; });

        Assert.Equal((first.Id, first.Number, first.DueAt), (again.Id, again.Number, again.DueAt));
        Assert.Equal(first.Cases, again.Cases);
        Assert.NotEqual(first.Number, other.Number);
        Assert.Equal(first.Cases, other.Cases);
        Assert.Equal((2, 1, 1), await room.Console.ReadAsync(async db =>
            (await db.Set<Notice>().CountAsync(Cancel), await db.Set<Case>().CountAsync(Cancel), await db.Set<ReviewTask>().CountAsync(Cancel))));
    }

    [Fact]
    public async Task Key_OfAnIdempotentRequest_AnswersTheSameAndRefusesAnotherBody()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        Guid program = Guid.NewGuid();
        NoticeReceived first = await room.TrySendAsync(key: RequestKey.Of(program, "notices", "k1", "one"u8));

        NoticeReceived again = await room.TrySendAsync(key: RequestKey.Of(program, "notices", "k1", "one"u8));
        NoticeReceived reused = await room.TrySendAsync(body => body["sender"] = "Someone else", RequestKey.Of(program, "notices", "k1", "two"u8));

        Assert.Equal(first.Receipt!.Number, again.Receipt!.Number);
        Assert.Equal((IntakeAnswer.KeyReused, null), (reused.Answer, reused.Receipt));
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<Notice>().CountAsync(Cancel)));
    }

    [Theory]
    [InlineData("type", "\"unheard-of\"", "notice.type", "/type")]
    [InlineData("type", null, "notice.type", "/type")]
    [InlineData("sender", "\"  \"", "notice.sender", "/sender")]
    [InlineData("sender", "7", "notice.text", "/sender")]
    [InlineData("jurisdiction", "\"Germany\"", "notice.jurisdiction", "/jurisdiction")]
    [InlineData("receivedAt", "\"2026-03-02T09:06:00Z\"", "notice.received-ahead", "/receivedAt")]
    [InlineData("receivedAt", "\"2026-01-31T08:59:00Z\"", "notice.received-old", "/receivedAt")]
    [InlineData("receivedAt", "\"soon\"", "notice.received", "/receivedAt")]
    [InlineData("items", "[]", "notice.items", "/items")]
    [InlineData("items", "[{\"id\":\"nowhere\",\"typeId\":\"it_post\"}]", "notice.item-unknown", "/items/0")]
    [InlineData("items", "[{\"id\":\"p-1\",\"typeId\":\"it_post\",\"data\":{}}]", "field.required", "/items/0/data/text")]
    [InlineData("items", "[{\"id\":\"p-1\",\"typeId\":\"it_post\",\"data\":{\"text\":\"a\"}},{\"id\":\"p-1\",\"typeId\":\"it_post\",\"data\":{\"text\":\"b\"}}]", "notice.item-twice", "/items/1")]
    public async Task Notice_WithAMistake_IsRefusedByItsPlaceAndLeavesNothing(string field, string? value, string code, string pointer)
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();

        NoticeReceived outcome = await room.TrySendAsync(body =>
        {
            if (value is null)
            {
                body.Remove(field);
            }
            else
            {
                body[field] = JsonNode.Parse(value);
            }
        });

        Assert.Equal((IntakeAnswer.Refused, null), (outcome.Answer, outcome.Receipt));
        Assert.Contains((code, pointer), outcome.Problems.Select(problem => (problem.Code, problem.Pointer)));
        Assert.Equal((0, 0), await room.Console.ReadAsync(async db => (await db.Set<Notice>().CountAsync(Cancel), await db.Set<ItemVersion>().CountAsync(Cancel))));
    }

    [Fact]
    public async Task Notice_BeyondItsBounds_IsRefused()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();

        NoticeReceived many = await room.TrySendAsync(body => body["items"] = new JsonArray([.. Enumerable.Range(0, NoticeReader.MaxItems + 1).Select(one => NoticeRoom.Post($"p-{one}"))]));
        NoticeReceived wordy = await room.TrySendAsync(body => body["explanation"] = new string('x', TextLength.Note + 1));
        NoticeReceived basis = await room.TrySendAsync(body => (body["type"], body["jurisdiction"]) = ("national-2h", "IN"));

        Assert.Equal("notice.items", Assert.Single(many.Problems).Code);
        Assert.Equal(("notice.text", "/explanation"), (Assert.Single(wordy.Problems).Code, wordy.Problems[0].Pointer));
        Assert.Equal("notice.basis", Assert.Single(basis.Problems).Code);
    }

    [Fact]
    public async Task Notice_AboutAKnownItem_FoldsIntoItsOpenCaseAndHastensIt()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        await room.Console.SendAsync(Items.PostJson("p-7"));
        ReviewTask before = await room.Console.ReadAsync(db => db.Set<ReviewTask>().AsNoTracking().SingleAsync(Cancel));
        await room.Console.SendAsync(Items.PostJson("p-8"));

        NoticeReceipt receipt = await room.SendAsync(body => body["items"] = JsonNode.Parse("""[{"id":"p-7","typeId":"it_post"}]"""));

        Assert.Equal(before.CaseNumber, Assert.Single(receipt.Cases));
        ReviewTask task = await room.TaskOfAsync(before.CaseNumber);
        Assert.Equal((before.Number, receipt.DueAt), (task.Number, task.DueAt));
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.NoticeHastened && row.TaskNumber == task.Number, Cancel)));
        Assert.Equal(CaseSource.Item, await room.Console.ReadAsync(db => db.Set<Case>().Where(row => row.Number == before.CaseNumber).Select(row => row.Source).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task Notice_AboutAnItemThatItsTypeWouldRefuseToday_IsTakenInAllTheSame()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        await room.Console.SendAsync(Items.PostJson("p-7"));
        ItemType type = await room.Console.ReadAsync(db => db.Set<ItemType>().AsNoTracking().SingleAsync(row => row.Id == Items.Post.Id, Cancel));
        SavedItemType saved = await room.Console.Use<SaveItemType>().RunAsync(
            Caller.System,
            Items.Post with { Version = type.Version, Fields = [.. Items.Post.Fields.Where(field => field.Name != "text"), new ItemField("text", FieldType.Number)], Archived = true },
            Cancel);
        Assert.Equal(SaveItemTypeOutcome.Saved, saved.Outcome);

        NoticeReceipt receipt = await room.SendAsync(body => body["items"] = JsonNode.Parse("""[{"id":"p-7","typeId":"it_post"}]"""));

        Assert.Single(receipt.Cases);
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<ItemVersion>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Notice_AboutADecidedCase_OpensItAgainWithItsHistory()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        NoticeReceipt first = await room.SendAsync();
        await room.DecideAsync(first.Cases[0], Verdict.Allow);
        await room.PassAsync(TimeSpan.FromMinutes(5));

        NoticeReceipt second = await room.SendAsync(body => body["reference"] = "AZ 9/26");

        Assert.Equal(first.Cases, second.Cases);
        Case about = await room.Console.ReadAsync(db => db.Set<Case>().SingleAsync(Cancel));
        Assert.Equal((CaseState.Open, 2), (about.State, about.CaseVersion));
        Assert.Equal((NoticeState.Answered, NoticeState.Running), ((await room.NoticeAsync(first)).State, (await room.NoticeAsync(second)).State));
        Assert.Equal(second.DueAt, (await room.TaskOfAsync(about.Number)).DueAt);
    }

    [Fact]
    public async Task Notice_WithAmpleTime_StandsBeforeOrdinaryWorkOnlyAndIsOfferedByItsClock()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        await room.Console.SendAsync(Items.PostJson("p-ordinary"));
        NoticeReceipt ample = await room.SendAsync(body => (body["type"], body["jurisdiction"]) = ("dsa-16", "DE"), "p-ample");
        NoticeReceipt late = await room.SendAsync(body => (body["type"], body["jurisdiction"], body["basis"]) = ("national-3h", "IN", "IT Rules"), "p-later");
        NoticeReceipt soon = await room.SendAsync(itemId: "p-soon");
        List<long> drawn = [];
        for (int times = 0; times < 3; times++)
        {
            LeasedTask task = (await room.Console.Use<ClaimNextCase>().RunAsync(room.Moderator, null, cancellationToken: Cancel)).Task!;
            drawn.Add(task.CaseNumber);
            Assert.Equal(DecideOutcome.Decided, (await room.Console.Use<DecideCase>().RunAsync(room.Moderator, new DecideCommand(task.TaskNumber, task.Fence, Verdict.Allow), Cancel)).Outcome);
        }

        Assert.Equal([soon.Cases[0], late.Cases[0], ample.Cases[0]], drawn);
    }

    [Fact]
    public async Task EditedItem_WithANotice_KeepsItsCase()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        NoticeReceipt receipt = await room.SendAsync();

        await room.Console.SendAsync(Items.PostJson("p-1", "edited"));

        Assert.Equal(CaseState.Open, await room.Console.ReadAsync(db => db.Set<Case>().Where(row => row.Number == receipt.Cases[0]).Select(row => row.State).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task Notice_EnteredByHand_SaysWhoInTheAuditOnly()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        JsonElement body = JsonSerializer.SerializeToElement(room.Body());

        NoticeReceived outcome = await room.Console.Use<EnterNotice>().RunAsync(room.Expert, body, Cancel);

        Assert.Equal(room.Expert.Id, (await room.NoticeAsync(outcome.Receipt!)).EnteredBy);
        AuditEntry entry = await room.Console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.NoticeReceived, Cancel));
        Assert.Equal(room.Expert.Id, entry.ActorId);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => room.Console.Use<EnterNotice>().RunAsync(room.Moderator, body, Cancel));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => room.Console.Use<AcceptNotice>().RunAsync(room.Expert, body, null, Cancel));
    }

    private static void Copy(JsonObject from, JsonObject to)
    {
        foreach ((string name, JsonNode? value) in from)
        {
            to[name] = value?.DeepClone();
        }
    }
}
