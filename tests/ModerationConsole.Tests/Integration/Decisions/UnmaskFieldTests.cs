using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Oversight;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions;

/// <summary>Fields that are marked as personal: what is shown in their place, and who is shown them for which reason.</summary>
public sealed class UnmaskFieldTests : IAsyncLifetime
{
    private const string Secret = "anna@example.org lives at 7 Elm Road";

    private TestConsole _console = null!;
    private Caller _moderator = null!;
    private CaseQueue _queue = null!;
    private Case _case = null!;
    private ReviewTask _task = null!;
    private DrawnTask _drawn = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        _moderator = await _console.PersonAsync();
        _queue = await _console.QueueAsync([_moderator]);
        (_case, _task) = await _console.CaseAsync(_queue, Secret);
        await MarkAsync(sensitive: true);
        _drawn = new DrawnTask(_task.Number, (await _console.HoldAsync(_moderator, _task)).Fence);
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Personal_OnTheDeskAndInTheCase_IsAMask()
    {
        Caller lead = await _console.PersonAsync(Roles.Lead);

        DeskCase desk = (await _console.Use<GetDeskCase>().RunAsync(_moderator, _task.Number, Cancel))!;
        CaseFile file = (await _console.Use<OpenCase>().RunAsync(lead, _case.Number, Cancel))!;

        Assert.Equal([DeskField.Mask], desk.Item.Fields.Single().Values);
        Assert.DoesNotContain("Elm Road", JsonSerializer.Serialize(desk), StringComparison.Ordinal);
        Assert.DoesNotContain("Elm Road", JsonSerializer.Serialize(file), StringComparison.Ordinal);

        await MarkAsync(sensitive: false);
        Assert.Equal([Secret], (await _console.Use<GetDeskCase>().RunAsync(_moderator, _task.Number, Cancel))!.Item.Fields.Single().Values);
    }

    [Fact]
    public async Task Personal_SinceItsItemCame_IsInNoExcerpt()
    {
        Caller lead = await _console.PersonAsync(Roles.Lead);
        async Task<string?> ExcerptAsync() =>
            (await _console.Use<ListCases>().RunAsync(lead, new CaseFilter(), new CasePlace(), Cancel)).Rows.Single().Excerpt;

        Assert.Equal("", await ExcerptAsync());
        await MarkAsync(sensitive: false);
        Assert.Equal(Secret, await ExcerptAsync());
    }

    [Fact]
    public async Task Report_ThatQuotesIt_MarksNothingInTheMask()
    {
        await _console.WriteAsync(scope =>
        {
            scope.Db.Add(new Report { CaseNumber = _case.Number, ReporterId = "r", ReporterTypeId = "account", Reason = $"\"{DeskField.Mask}\" and \"Elm Road\"", ReportedAt = scope.Now });
            return Task.FromResult(true);
        });

        Assert.Empty((await _console.Use<GetDeskCase>().RunAsync(_moderator, _task.Number, Cancel))!.Matches);
    }

    [Fact]
    public async Task Field_OfATaskOnTheScreenWithAReason_IsShownAndInTheAuditWithoutItsValue()
    {
        UnmaskResult result = await AskAsync(_moderator, " it may be a threat ", _drawn);

        Assert.Equal(UnmaskOutcome.Shown, result.Outcome);
        Assert.Equal([Secret], result.Values);
        AuditEntry entry = Assert.Single(await ActsAsync(AuditAct.FieldUnmasked));
        Assert.Equal((_moderator.Id, _case.Number, _task.Number, _case.ItemVersionId.ToString()), (entry.ActorId!.Value, entry.CaseNumber!.Value, entry.TaskNumber!.Value, entry.Subject));
        JsonElement details = JsonDocument.Parse(entry.Details).RootElement;
        Assert.Equal(("text", "it may be a threat"), (details.GetProperty("field").GetString(), details.GetProperty("reason").GetString()));
        Assert.DoesNotContain("Elm", entry.Details, StringComparison.Ordinal);
        // Nobody else and no other page is shown it for that.
        Assert.Equal([DeskField.Mask], (await _console.Use<GetDeskCase>().RunAsync(_moderator, _task.Number, Cancel))!.Item.Fields.Single().Values);
    }

    [Fact]
    public async Task Field_OfATaskThatIsNotOnTheScreen_IsRefusedAndInTheAudit()
    {
        Caller other = await _console.PersonAsync();
        (_, ReviewTask next) = await _console.CaseAsync(_queue, Secret);
        DrawnTask spare = new(next.Number, (await _console.HoldAsync(_moderator, next, slot: LeaseSlot.Spare)).Fence);
        Guid ahead = await _console.ReadAsync(db => db.Set<Case>().Where(row => row.Number == next.CaseNumber).Select(row => row.ItemVersionId).SingleAsync(Cancel));

        UnmaskResult[] refused =
        [
            await AskAsync(_moderator, "because", _drawn with { Fence = _drawn.Fence + 1 }),
            await AskAsync(other, "because", _drawn),
            await AskAsync(_moderator, "because", spare),
            await AskAsync(_moderator, "because", spare, version: ahead),
            await AskAsync(_moderator, "because", _drawn, version: ahead),
        ];
        _console.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.All(refused.Append(await AskAsync(_moderator, "because", _drawn)), result => Assert.Equal((UnmaskOutcome.LeaseLost, 0), (result.Outcome, result.Values.Count)));
        Assert.Equal(refused.Length + 1, (await ActsAsync(AuditAct.FieldDenied)).Count);
        Assert.Empty(await ActsAsync(AuditAct.FieldUnmasked));
    }

    [Fact]
    public async Task Field_OutsideATask_NeedsThePermissionAndAReason()
    {
        Caller lead = await _console.PersonAsync(Roles.Lead);

        Assert.Equal(UnmaskOutcome.NotAllowed, (await AskAsync(_moderator, "I want to")).Outcome);
        Assert.Equal(UnmaskOutcome.ReasonRequired, (await AskAsync(lead, null)).Outcome);
        Assert.Equal(UnmaskOutcome.ReasonRequired, (await AskAsync(lead, " \t ")).Outcome);
        Assert.Equal(UnmaskOutcome.ReasonTooLong, (await AskAsync(lead, new string('x', UnmaskField.LongestReason + 1))).Outcome);
        Assert.Empty(await ActsAsync(AuditAct.FieldUnmasked));
        Assert.Equal([Secret], (await AskAsync(lead, "complaint 17")).Values);
        Assert.Single(await ActsAsync(AuditAct.FieldUnmasked));
    }

    [Fact]
    public async Task Field_ThatIsNotMasked_IsNotThere()
    {
        Caller lead = await _console.PersonAsync(Roles.Lead);
        Assert.Equal(UnmaskOutcome.NotThere, (await AskAsync(lead, "because", field: "language")).Outcome);
        Assert.Equal(UnmaskOutcome.NotThere, (await AskAsync(lead, "because", number: _case.Number + 1)).Outcome);

        await MarkAsync(sensitive: false);
        Assert.Equal(UnmaskOutcome.NotThere, (await AskAsync(lead, "because")).Outcome);
        Assert.Empty(await ActsAsync(AuditAct.FieldUnmasked));
    }

    [Fact]
    public async Task Field_OfAChildSafetyCaseWithoutItsPermission_IsNotThere()
    {
        Caller lead = await _console.PersonAsync(Roles.Lead);
        await _console.WriteAsync(scope => scope.Db.Set<Case>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Sensitivity, Sensitivity.ChildSafety)));

        Assert.Equal(UnmaskOutcome.NotThere, (await AskAsync(lead, "because")).Outcome);
        Assert.Equal(UnmaskOutcome.NotThere, (await AskAsync(_moderator, "because", _drawn)).Outcome);
        Assert.Empty(await ActsAsync(AuditAct.FieldUnmasked));
    }

    [Fact]
    public async Task Field_WhileThePersonJudgesItsCaseBlind_IsNotThereOutsideTheTask()
    {
        Caller lead = await _console.PersonAsync(Roles.Lead);
        CaseQueue queue = await _console.QueueAsync([lead]);
        (Case sampled, ReviewTask task) = await _console.CaseAsync(queue, Secret, kind: TaskKind.Qa);
        Assert.Equal([Secret], (await AskAsync(lead, "because", version: sampled.ItemVersionId)).Values);
        await _console.HoldAsync(lead, task);

        Assert.Equal(UnmaskOutcome.NotThere, (await AskAsync(lead, "because", version: sampled.ItemVersionId)).Outcome);
    }

    [Fact]
    public async Task Unmasked_CountsAsAReveal()
    {
        await AskAsync(_moderator, "because", _drawn);

        Assert.Contains(await ActsAsync(AuditAct.FieldUnmasked), entry => UseLimits.KindsOf(entry.Act, entry.TaskNumber is not null).SequenceEqual([UseKind.Reveals]));
    }

    [Fact]
    public async Task Personal_OfWhatComesIn_IsInItsDataAndInNoText()
    {
        await _console.TakesItemsAsync();
        ItemTypeDraft type = new("it_profile", "Profile", ItemKind.Content, [new ItemField("text", FieldType.String), new ItemField("home", FieldType.String, Sensitive: true)]);
        Assert.Equal(SaveItemTypeOutcome.Saved, (await _console.Use<SaveItemType>().RunAsync(Caller.System, type, Cancel)).Outcome);

        await _console.SendAsync(JsonSerializer.Serialize(new { id = "x-1", typeId = type.Id, data = new { text = "hello there", home = "7 Elm Road" } }));

        ItemVersion stored = await _console.ReadAsync(db => db.Set<ItemVersion>().SingleAsync(row => row.ItemId == "x-1", Cancel));
        Assert.Equal("hello there", stored.Text);
        Assert.Contains("Elm", stored.Data, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FieldType.UserId, FieldRole.Creator)]
    [InlineData(FieldType.String, FieldRole.Language)]
    [InlineData(FieldType.Image, FieldRole.None)]
    public void Field_ThatTheConsoleGoesBy_CannotBePersonal(FieldType type, FieldRole role)
    {
        Assert.Equal(FieldProblemKind.SensitiveUnfit, FieldRules.Check([new ItemField("it", type, Role: role, Sensitive: true)])?.Kind);
        Assert.Null(FieldRules.Check([new ItemField("it", type, Role: role)]));
    }

    private Task<UnmaskResult> AskAsync(Caller caller, string? reason, DrawnTask? task = null, string field = "text", Guid? version = null, long? number = null) =>
        _console.Use<UnmaskField>().RunAsync(caller, new UnmaskRequest(version ?? _case.ItemVersionId, field, reason) { Task = task, CaseNumber = number }, Cancel);

    private Task<List<AuditEntry>> ActsAsync(AuditAct act) => _console.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.Act == act).ToListAsync(Cancel));

    private Task<bool> MarkAsync(bool sensitive) => _console.WriteAsync(async scope =>
    {
        ItemType type = await scope.Db.Set<ItemType>().SingleAsync(row => row.Id == "post");
        type.Fields = ItemSchema.Write([.. ItemSchema.Parse(type.Fields).Select(field => field.Name == "text" ? field with { Sensitive = sensitive } : field)]);
        return true;
    });
}
