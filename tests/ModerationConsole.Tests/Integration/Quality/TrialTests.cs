using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Trials;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality;

/// <summary>Past decisions held against a draft of their policy.</summary>
public sealed partial class TrialTests : IAsyncLifetime
{
    private readonly HashSet<long> _severe = [];
    private TestConsole _console = null!;
    private Caller _writer = null!;
    private Caller _second = null!;
    private Policy _policy = null!;
    private CaseQueue _queue = null!;
    private Caller _author = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        (_writer, _second) = (await _console.PersonAsync(Roles.PolicyExpert), await _console.PersonAsync(Roles.PolicyExpert));
        _author = await _console.PersonAsync();
        _queue = await _console.QueueAsync([_author]);
        _policy = await _console.PolicyAsync();
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Draw_OfADraft_TakesItsPastDecisionsAndNeverChildSafety()
    {
        // Whether there is a draft is asked before anything is looked through.
        Assert.Equal(DrawTrialOutcome.NoDraft, await DrawAsync());
        await DraftAsync();
        Assert.Equal(DrawTrialOutcome.NoDecisions, await DrawAsync());
        Decision en = await DecidedAsync(Verdict.Violation);
        Decision de = await DecidedAsync(Verdict.Violation, language: "de-AT");
        Decision allowed = await DecidedAsync(Verdict.Allow, reported: true);
        await DecidedAsync(Verdict.Allow);
        await DecidedAsync(Verdict.Violation, sensitivity: Sensitivity.ChildSafety);

        Assert.Equal(DrawTrialOutcome.Drawn, await DrawAsync());

        Assert.Equal(DrawTrialOutcome.Already, await DrawAsync());
        List<Guid> drawn = await _console.ReadAsync(db => db.Set<TrialCase>().Select(row => row.DecisionId).ToListAsync(Cancel));
        Assert.Equal(new[] { en.Id, de.Id, allowed.Id }.Order(), drawn.Order());
        TrialView trial = (await ReadAsync(_second))!;
        Assert.Equal((3, 3, 0), (trial.Drawn, trial.Population, trial.Judges.Count));
        Assert.Equal(1, await ActsAsync(AuditAct.PolicyTrialDrawn));
    }

    [Fact]
    public async Task Answers_OfTwoPeople_AreCountedApartWithTheirIntervals()
    {
        await DecidedAsync(Verdict.Violation);
        await DecidedAsync(Verdict.Violation);
        await DecidedAsync(Verdict.Allow, reported: true);
        await DrawnAsync();

        await AnswerAllAsync(_writer, one => one.Decided!.Verdict == Verdict.Violation ? TrialAnswer.WouldAllow : TrialAnswer.Same);
        TrialCaseView first = (await CaseAsync(_second))!;
        Assert.Equal(JudgeTrialOutcome.Kept, await JudgeAsync(_second, first, TrialAnswer.Unsure));

        TrialView trial = (await ReadAsync(_writer))!;
        Assert.Equal([(true, 3, 0), (false, 1, 1)], trial.Judges.Select(judge => (judge.Mine, judge.Judged, judge.Unsure)));
        Assert.Equal(2d / 3, trial.Judges[0].Share.Value!.Value, 6);
        Assert.Equal([(Verdict.Violation, 2, 2), (Verdict.Allow, 1, 0)], trial.Judges[0].Groups.Select(group => (group.Verdict!.Value, group.Share.N, group.Changes)));
        // Both decisions of the group were judged: nothing is left to guess.
        Assert.Equal(1, trial.Judges[0].Groups[0].Share.Low!.Value, 6);
        Assert.Null(trial.Judges[1].Share.Value);
        Assert.Equal([false, true], trial.Judges.Select(judge => judge.Partly));
        Assert.Equal((1, 0), (trial.Both, trial.Alike));
        // Whoever stops goes on where they were.
        Assert.Equal(2, (await CaseAsync(_second))!.Place);
    }

    [Fact]
    public async Task Answer_OfAnyKind_ChangesNothingAboutTheCase()
    {
        Decision decision = await DecidedAsync(Verdict.Violation);
        await DrawnAsync();
        Case before = await CaseRowAsync(decision);
        int ordered = await _console.ReadAsync(db => db.Set<EnforcementAction>().CountAsync(Cancel));
        TrialCaseView one = (await CaseAsync(_second))!;

        Assert.Equal(JudgeTrialOutcome.DoesNotFit, await JudgeAsync(_second, one, TrialAnswer.WouldViolate));
        Assert.Equal(JudgeTrialOutcome.Kept, await JudgeAsync(_second, one, TrialAnswer.WouldAllow));

        Case after = await CaseRowAsync(decision);
        Assert.Equal((before.State, before.Version, before.DecisionId), (after.State, after.Version, after.DecisionId));
        Assert.Equal(ordered, await _console.ReadAsync(db => db.Set<EnforcementAction>().CountAsync(Cancel)));
        Assert.Equal(1, await ActsAsync(AuditAct.PolicyTrialJudged));
    }

    [Fact]
    public async Task Case_ThatTheJudgeWouldNotBeOffered_IsNotShownToThem()
    {
        Decision severe = await DecidedAsync(Verdict.Violation, sensitivity: Sensitivity.Severe);
        await DrawnAsync();
        Assert.Equal(severe.CaseNumber, (await CaseAsync(_second))!.CaseNumber);

        await _console.Use<SetNoSevere>().RunAsync(_second, NoSevereFor.AnHour, Cancel);
        await AssertHiddenAsync(_second);
        Assert.Equal(severe.CaseNumber, (await CaseAsync(_writer))!.CaseNumber);

        // What became child safety since is shown to nobody here, whatever they may see elsewhere.
        await _console.WriteAsync(async scope => (await scope.Db.Set<Case>().SingleAsync(row => row.Number == severe.CaseNumber, Cancel)).Sensitivity = Sensitivity.ChildSafety);
        await AssertHiddenAsync(await _console.PersonAsync(Roles.PolicyExpert, own: Permission.ChildSafety));
    }

    [Fact]
    public async Task Case_WhileItsJudgeRestsOrJudgesItBlind_IsNeitherShownNorJudged()
    {
        Decision decision = await DecidedAsync(Verdict.Violation);
        await DrawnAsync();
        Assert.Equal(decision.CaseNumber, (await CaseAsync(_second))!.CaseNumber);

        await _console.WriteAsync(scope => Task.FromResult(scope.Db.Add(new Rest { PersonId = _second.Id, Kind = RestKind.Break, Since = scope.Now })));
        await AssertHiddenAsync(_second);

        Caller reviewer = await _console.PersonAsync(Roles.QualityReviewer, own: Permission.EditPolicies);
        await _console.WriteAsync(scope => Task.FromResult(scope.Db.Add(new QueueAccess { QueueId = _queue.Id, PersonId = reviewer.Id })));
        await _console.HoldAsync(reviewer, await MeasureAsync(decision, TaskKind.Qa));
        await AssertHiddenAsync(reviewer);
    }

    [Theory]
    [InlineData(true, ClaimOutcome.NothingSuitable)]
    [InlineData(false, ClaimOutcome.Claimed)]
    public async Task Case_HeldAgainstADraft_IsNotOfferedToBeJudgedAgain(bool judged, ClaimOutcome expected)
    {
        Decision decision = await DecidedAsync(Verdict.Violation);
        await DrawnAsync();
        Caller reviewer = await _console.PersonAsync(Roles.QualityReviewer, own: Permission.EditPolicies);
        await _console.WriteAsync(scope => Task.FromResult(scope.Db.Add(new QueueAccess { QueueId = _queue.Id, PersonId = reviewer.Id })));
        if (judged)
        {
            await JudgeAsync(reviewer, (await CaseAsync(reviewer))!, TrialAnswer.Same);
        }

        await MeasureAsync(decision, TaskKind.Qa);

        Assert.Equal(expected, (await _console.Use<ClaimNextCase>().RunAsync(reviewer, null, cancellationToken: Cancel)).Outcome);
    }

    [Fact]
    public async Task Answer_ByWordsThatWereChangedSince_IsCountedAsSuch()
    {
        await DecidedAsync(Verdict.Violation);
        await DrawnAsync();
        await JudgeAsync(_writer, (await CaseAsync(_writer))!, TrialAnswer.Same);
        RevisionView draft = (await _console.Use<ReadRevision>().RunAsync(_writer, _policy.Id, Cancel))!;

        await _console.Use<SaveRevision>().RunAsync(_writer, new RevisionCommand(draft.Draft.Words() with { Text = "Narrower" }, 1, draft.Draft.Id, draft.Draft.Version), Cancel);
        Assert.Equal(1, Assert.Single((await ReadAsync(_second))!.Judges).Older);

        draft = (await _console.Use<ReadRevision>().RunAsync(_writer, _policy.Id, Cancel))!;
        TrialCaseView one = (await CaseAsync(_writer))!;
        await _console.Use<PublishRevision>().RunAsync(_writer, new RevisionRef(draft.Draft.Id, draft.Draft.Version), null, Cancel);
        Assert.Equal(JudgeTrialOutcome.Over, await JudgeAsync(_writer, one, TrialAnswer.WouldAllow));
    }

    private async Task<Decision> DecidedAsync(Verdict verdict, string? language = "en", Sensitivity sensitivity = Sensitivity.Ordinary, bool reported = false)
    {
        (Case about, ReviewTask task) = await _console.CaseAsync(_queue, language: language, sensitivity: sensitivity);
        Caller by = sensitivity == Sensitivity.ChildSafety ? await _console.PersonAsync(own: Permission.ChildSafety) : _author;
        ActiveLease lease = await _console.HoldAsync(by, task);
        DecideResult result = await _console.Use<DecideCase>().RunAsync(
            by, new DecideCommand(lease.TaskNumber, lease.Fence, verdict) { PolicyId = verdict == Verdict.Violation ? _policy.Id : null }, Cancel);
        Assert.Equal(DecideOutcome.Decided, result.Outcome);
        if (sensitivity == Sensitivity.Severe)
        {
            _severe.Add(about.Number);
        }

        if (reported)
        {
            await _console.WriteAsync(scope =>
            {
                scope.Db.Add(new Report { CaseNumber = about.Number, PolicyId = _policy.Id, ReporterTypeId = "account", ReporterId = "u-9", ReportedAt = scope.Now, ReceivedAt = scope.Now });
                return Task.FromResult(true);
            });
        }

        return await _console.ReadAsync(db => db.Set<Decision>().AsNoTracking().SingleAsync(row => row.Id == result.DecisionId, Cancel));
    }

    // Nothing of the case is told, and nothing that is said of it is kept.
    private async Task AssertHiddenAsync(Caller by)
    {
        TrialCaseView one = (await CaseAsync(by))!;
        Assert.Equal((null, null, null), (one.CaseNumber, one.Decided, one.Mine));
        Assert.Equal(JudgeTrialOutcome.NotShown, await JudgeAsync(by, one, TrialAnswer.Same));
        Assert.Equal(0, await _console.ReadAsync(db => db.Set<TrialJudgement>().CountAsync(row => row.PersonId == by.Id, Cancel)));
    }

    private Task<ReviewTask> MeasureAsync(Decision decision, TaskKind kind) => _console.WriteAsync(async scope => await scope.QueueMeasuringAsync(
        Caller.System, await scope.Db.Set<Case>().SingleAsync(row => row.Number == decision.CaseNumber), new MeasuringOrder(kind, decision.Id, 1, _queue.Id), Cancel));

    private async Task DraftAsync()
    {
        PolicyDraft words = new(_policy.Id, "1.1", _policy.Name, null, Severity.Medium, "Other words", "", [], "");
        Assert.Equal(SavePolicyOutcome.Saved, (await _console.Use<SaveRevision>().RunAsync(_writer, new RevisionCommand(words, 1), Cancel)).Outcome);
    }

    private async Task DrawnAsync()
    {
        await DraftAsync();
        Assert.Equal(DrawTrialOutcome.Drawn, await DrawAsync());
    }

    private async Task AnswerAllAsync(Caller by, Func<TrialCaseView, TrialAnswer> answer)
    {
        while ((await CaseAsync(by))! is { Left: > 0 } one)
        {
            Assert.Equal(JudgeTrialOutcome.Kept, await JudgeAsync(by, one, answer(one)));
        }
    }

    private Task<DrawTrialOutcome> DrawAsync() => _console.Use<DrawTrial>().RunAsync(_writer, _policy.Id, Cancel);

    private Task<TrialView?> ReadAsync(Caller by) => _console.Use<ReadTrial>().RunAsync(by, _policy.Id, Cancel);

    private Task<TrialCaseView?> CaseAsync(Caller by) => _console.Use<ReadTrialCase>().RunAsync(by, _policy.Id, null, Cancel);

    private Task<JudgeTrialOutcome> JudgeAsync(Caller by, TrialCaseView one, TrialAnswer answer) => _console.Use<JudgeTrialCase>().RunAsync(by, one.Id, answer, Cancel);

    private Task<Case> CaseRowAsync(Decision decision) => _console.ReadAsync(db => db.Set<Case>().AsNoTracking().SingleAsync(row => row.Number == decision.CaseNumber, Cancel));

    private Task<int> ActsAsync(AuditAct act) => _console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.Act == act, Cancel));
}
