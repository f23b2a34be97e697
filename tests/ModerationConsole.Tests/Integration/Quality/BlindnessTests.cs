using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality;

/// <summary>A re-review shows what the author saw, and its reviewer finds the case nowhere else meanwhile.</summary>
public sealed class BlindnessTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    private SampleRoom _room = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _room = await SampleRoom.OpenAsync();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Sample_ReadByItsReviewer_ShowsToTheLetterWhatItsAuthorSaw()
    {
        await _room.DecideAsync(Verdict.Violation, (await _room.Console.CaseAsync(_room.Queue, "Earlier", itemId: "p-same")).Task, await OtherAsync());
        await _room.DecideAsync(Verdict.Violation, (await _room.Console.CaseAsync(_room.Queue, "Another of the author")).Task, await OtherAsync());
        _room.Console.Clock.Advance(TimeSpan.FromMinutes(5));
        (Case about, ReviewTask task) = await _room.Console.CaseAsync(_room.Queue, "Judged", itemId: "p-same");
        await ReportAsync(about.Number, "reporter-1");
        await CommentAsync(await OtherAsync(), about.Number, "Seen before");
        _room.Console.Clock.Advance(TimeSpan.FromMinutes(1));
        ActiveLease lease = await _room.HoldAsync(_room.Author, task.Number);
        string seen = await SeenAsync(_room.Author, task.Number);

        _room.Console.Clock.Advance(TimeSpan.FromSeconds(10));
        Decision decision = await _room.SubmitAsync(lease, Verdict.Violation, _room.Author);
        _room.Console.Clock.Advance(TimeSpan.FromMinutes(5));
        await LaterAsync(about);
        QualitySample sample = await _room.DrawAsync(decision);
        await _room.HoldAsync(_room.Reviewer, sample.TaskNumber);

        Assert.Equal(seen, await SeenAsync(_room.Reviewer, sample.TaskNumber));
    }

    [Fact]
    public async Task Author_WhoTookAVerdictBackAndWroteBesideTheCase_LeavesNoTraceInItsSample()
    {
        (Case about, ReviewTask task) = await _room.Console.CaseAsync(_room.Queue);
        Decision first = await _room.DecideAsync(Verdict.Violation, task);
        UndoResult undone = await _room.Console.Use<UndoDecision>().RunAsync(_room.Author, first.Id, Cancel);
        await CommentAsync(_room.Author, about.Number, "I think it is fine");
        _room.Console.Clock.Advance(TimeSpan.FromSeconds(2));
        ActiveLease again = await _room.Console.ReadAsync(db => db.Set<ActiveLease>().AsNoTracking().SingleAsync(row => row.TaskNumber == undone.Task!.TaskNumber, Cancel));
        Decision decision = await _room.SubmitAsync(again, Verdict.Allow, _room.Author);
        _room.Console.Clock.Advance(TimeSpan.FromMinutes(5));
        QualitySample sample = await _room.DrawAsync(decision);
        await _room.HoldAsync(_room.Reviewer, sample.TaskNumber);

        string seen = await SeenAsync(_room.Reviewer, sample.TaskNumber);

        string name = await _room.Console.ReadAsync(db => db.Set<Core.People.Moderator>().Where(row => row.Id == _room.Author.Id).Select(row => row.DisplayName).SingleAsync(Cancel));
        Assert.DoesNotContain($"\"{name}\"", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("I think it is fine", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(CaseEventKind.Undone), seen, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(CaseEventKind.Decided), seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_WhoseSampleIsInHand_IsNowhereForItsReviewer()
    {
        Decision decision = await _room.DecidedAsync(Verdict.Violation, "Unmistakable words");
        QualitySample sample = await _room.DrawAsync(decision);
        Assert.True(await FindsAsync(_room.Reviewer, decision.CaseNumber));
        ActiveLease lease = await _room.HoldAsync(_room.Reviewer, sample.TaskNumber);

        Assert.False(await FindsAsync(_room.Reviewer, decision.CaseNumber));
        Assert.True(await FindsAsync(_room.Lead, decision.CaseNumber));
        await _room.SubmitAsync(lease, Verdict.Violation, _room.Reviewer);
        Assert.True(await FindsAsync(_room.Reviewer, decision.CaseNumber));
    }

    [Fact]
    public async Task Case_LookedAtBeforeItsSampleCame_CanNotBeOpenedAgainMeanwhile()
    {
        Decision decision = await _room.DecidedAsync(Verdict.Violation);
        QualitySample sample = await _room.DrawAsync(decision);
        Assert.NotNull(await _room.Console.Use<OpenCase>().RunAsync(_room.Reviewer, decision.CaseNumber, Cancel));

        await _room.HoldAsync(_room.Reviewer, sample.TaskNumber);

        Assert.Null(await _room.Console.Use<OpenCase>().RunAsync(_room.Reviewer, decision.CaseNumber, Cancel));
    }

    [Fact]
    public async Task Sample_Waiting_IsOfferedToReviewersOnlyAndNeverToItsAuthor()
    {
        Caller reviewingAuthor = await _room.Console.PersonAsync(own: Permission.ReviewQuality);
        await _room.Console.WriteAsync(scope =>
        {
            scope.Db.Add(new QueueAccess { QueueId = _room.Queue.Id, PersonId = reviewingAuthor.Id });
            return Task.FromResult(true);
        });
        Decision decision = await _room.DecideAsync(Verdict.Allow, (await _room.Console.CaseAsync(_room.Queue)).Task, reviewingAuthor);
        _room.Console.Clock.Advance(TimeSpan.FromMinutes(5));
        await _room.Console.WriteAsync(async scope => await scope.QueueMeasuringAsync(
            Caller.System, await scope.Db.Set<Case>().SingleAsync(row => row.Number == decision.CaseNumber, Cancel),
            new MeasuringOrder(TaskKind.Qa, decision.Id, 1, _room.Queue.Id) { Without = [reviewingAuthor.Id] }, Cancel));

        Assert.Null((await ClaimAsync(_room.Author)).Task);
        Assert.Null((await ClaimAsync(_room.Lead)).Task);
        Assert.Null((await ClaimAsync(reviewingAuthor)).Task);
        Assert.NotNull((await ClaimAsync(_room.Reviewer)).Task);
    }

    [Fact]
    public async Task Verdict_OnASample_StandsInNoListOfTheCase()
    {
        Decision decision = await _room.DecidedAsync(Verdict.Violation);
        QualitySample sample = await _room.DrawAsync(decision);
        int before = (await _room.Console.Use<OpenCase>().RunAsync(_room.Lead, decision.CaseNumber, Cancel))!.History.Count;
        await _room.JudgeAsync(_room.Reviewer, sample.TaskNumber, Verdict.Allow);

        CaseFile file = (await _room.Console.Use<OpenCase>().RunAsync(_room.Lead, decision.CaseNumber, Cancel))!;

        Assert.Equal(decision.Id, Assert.Single(await _room.Console.Use<ListCaseDecisions>().RunAsync(_room.Lead, decision.CaseNumber, Cancel)).Id);
        Assert.Equal((1, 1), (file.Author!.Violations, file.Author.Reviewed));
        Assert.Equal(before, file.History.Count);
    }

    [Fact]
    public async Task Sample_OfAnErasedDecision_IsNotShown()
    {
        Decision decision = await _room.DecidedAsync(Verdict.Allow);
        QualitySample sample = await _room.DrawAsync(decision);
        await _room.HoldAsync(_room.Reviewer, sample.TaskNumber);
        await _room.Console.WriteAsync(scope => scope.Db.Set<Decision>().Where(row => row.Id == decision.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Snapshot, "{}"), Cancel));

        Assert.Null(await _room.Console.Use<GetDeskCase>().RunAsync(_room.Reviewer, sample.TaskNumber, Cancel));
    }

    private async Task<Caller> OtherAsync() => await _room.Console.PersonAsync();

    private Task<ClaimResult> ClaimAsync(Caller person) => _room.Console.Use<ClaimNextCase>().RunAsync(person, null, cancellationToken: Cancel);

    private Task<bool> CommentAsync(Caller person, long caseNumber, string text) => _room.Console.WriteAsync(scope =>
    {
        scope.Db.Add(new CaseComment { CaseNumber = caseNumber, PersonId = person.Id, Text = text, At = scope.Now });
        return Task.FromResult(true);
    });

    private Task<bool> ReportAsync(long caseNumber, string reporter) => _room.Console.WriteAsync(scope =>
    {
        scope.Db.Add(new Report
        {
            CaseNumber = caseNumber, ReporterTypeId = "account", ReporterId = reporter, Reason = "A reason", PolicyId = _room.Policy.Id, ReportedAt = scope.Now, ReceivedAt = scope.Now,
        });
        return Task.FromResult(true);
    });

    // All that may come after a decision and would give it away, or make its sample look other than work.
    private async Task LaterAsync(Case about)
    {
        await ReportAsync(about.Number, "reporter-2");
        await CommentAsync(await OtherAsync(), about.Number, "Removed, rightly");
        await _room.DecideAsync(Verdict.Violation, (await _room.Console.CaseAsync(_room.Queue, "Later of the author")).Task, await OtherAsync());
        await _room.Console.CaseAsync(_room.Queue, "Open since");
        await _room.DecideAsync(Verdict.Violation, (await _room.Console.CaseAsync(_room.Queue, "Judged", author: "u-2")).Task, await OtherAsync());
        _room.Console.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    // Everything the desk is given, but for the numbers that each task has of its own.
    private async Task<string> SeenAsync(Caller person, long taskNumber)
    {
        DeskCase shown = (await _room.Console.Use<GetDeskCase>().RunAsync(person, taskNumber, Cancel))!;
        DeskContext around = (await _room.Console.Use<GetDeskContext>().RunAsync(person, taskNumber, Cancel))!;
        JsonObject seen = JsonSerializer.SerializeToNode(new { shown, around }, s_json)!.AsObject();
        foreach (string own in (string[])[nameof(DeskCase.TaskNumber), nameof(DeskCase.Fence), nameof(DeskCase.CaseNumber), nameof(DeskCase.Kind)])
        {
            seen["shown"]!.AsObject().Remove(own);
        }

        return seen.ToJsonString(s_json);
    }

    private async Task<bool> FindsAsync(Caller person, long number)
    {
        bool[] found =
        [
            await _room.Console.Use<OpenCase>().RunAsync(person, number, Cancel) is not null,
            await ListsAsync(person, new CaseFilter { Numbers = [number] }),
            await ListsAsync(person, new CaseFilter { Search = number.ToString(System.Globalization.CultureInfo.InvariantCulture) }),
            await ListsAsync(person, new CaseFilter { Search = "Unmistakable" }),
            (await _room.Console.Use<ListCaseDecisions>().RunAsync(person, number, Cancel)).Count > 0,
            (await _room.Console.Use<ListCaseActions>().RunAsync(person, number, Cancel)).Count > 0,
            await _room.Console.Use<CommentOnCase>().RunAsync(person, number, "A comment", Cancel) == CommentOutcome.Written,
            (await _room.Console.Use<ListCaseComments>().RunAsync(person, number, Cancel)).Count > 0,
        ];
        return Assert.Single(found.Distinct());

        async Task<bool> ListsAsync(Caller by, CaseFilter filter)
        {
            FoundCases cases = await _room.Console.Use<ListCases>().RunAsync(by, filter, new CasePlace(), Cancel);
            Assert.Equal(cases.Rows.Count, cases.Matches);
            return cases.Rows.Any(row => row.Number == number);
        }
    }
}
