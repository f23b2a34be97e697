using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Trials;
using ModerationConsole.Core.Wellbeing;

namespace ModerationConsole.Tests.Integration.Quality;

// The time that severe decisions of a trial are shown.
public sealed partial class TrialTests
{
    [Fact]
    public async Task SevereCase_HeldAgainstADraft_RunsTheMeterUntilItIsJudgedOrLeft()
    {
        for (int i = 0; i < 3; i++)
        {
            await DecidedAsync(Verdict.Violation, sensitivity: i < 2 ? Sensitivity.Severe : Sensitivity.Ordinary);
        }

        await DrawnAsync();
        TrialCaseView[] ordered = [(await PlaceAsync(1))!, (await PlaceAsync(2))!, (await PlaceAsync(3))!];
        await JudgeAsync(_second, ordered[2], TrialAnswer.Same);

        await PlaceAsync(ordered.First(IsSevere).Place);
        _console.Clock.Advance(TimeSpan.FromMinutes(2));
        // Drawn again it is the same look.
        await PlaceAsync(ordered.First(IsSevere).Place);
        _console.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(JudgeTrialOutcome.Kept, await JudgeAsync(_second, ordered.First(IsSevere), TrialAnswer.Same));
        Assert.Equal(TimeSpan.FromMinutes(3), await SevereAsync());

        // Whoever went away looks for no longer than five minutes.
        await PlaceAsync(ordered.Last(IsSevere).Place);
        _console.Clock.Advance(TimeSpan.FromHours(1));
        await PlaceAsync(ordered.Single(one => !IsSevere(one)).Place);
        _console.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(TimeSpan.FromMinutes(8), await SevereAsync());

        bool IsSevere(TrialCaseView one) => _severe.Contains(one.CaseNumber!.Value);
    }

    [Fact]
    public async Task LimitOfSevereContent_ReachedWhileACaseIsOpen_LetsItBeJudgedAndShowsNoOther()
    {
        await DecidedAsync(Verdict.Violation, sensitivity: Sensitivity.Severe);
        await DecidedAsync(Verdict.Violation, sensitivity: Sensitivity.Severe);
        await DrawnAsync();
        await _console.WriteAsync(scope => Task.FromResult(scope.Db.Add(
            new SevereTime { PersonId = _second.Id, Since = scope.Now.AddSeconds(-3280), Until = scope.Now, TaskNumber = 1, Fence = 1 })));
        TrialCaseView open = (await PlaceAsync(1))!;
        _console.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(JudgeTrialOutcome.Kept, await JudgeAsync(_second, open, TrialAnswer.Same));

        Assert.Null((await PlaceAsync(2))!.CaseNumber);
    }

    private Task<TrialCaseView?> PlaceAsync(int place) => _console.Use<ReadTrialCase>().RunAsync(_second, _policy.Id, place, Cancel);

    private async Task<TimeSpan> SevereAsync() => (await _console.Use<ReadMeter>().RunAsync(_second, null, Cancel)).Reading.Severe;
}
