using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Demo;

/// <summary>What the demo's expert ruled and published, so that similar cases show it.</summary>
internal sealed class DemoPrecedents(ClaimNextCase claimNextCase, DecideCase decideCase, PublishPrecedent publish)
{
    /// <summary>Rules on the questions that wait, and publishes each ruling.</summary>
    /// <param name="cases">For each post, the number of its case.</param>
    public async Task AddAsync(Guid expert, IReadOnlyDictionary<string, long> cases, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Person(expert);
        for (int asked = 0; asked < DemoContent.Precedents.Count; asked++)
        {
            LeasedTask? task = (await claimNextCase.RunAsync(caller, null, LeaseSlot.Shown, cancellationToken).ConfigureAwait(false)).Task;
            DemoParts.Expect(task is not null, "question");
            DemoPrecedent words = DemoContent.Precedents.Single(one => cases[one.Post] == task!.CaseNumber);
            DecideCommand command = DemoHistory.Command(task!, DemoContent.Posts.Single(post => post.Id == words.Post)) with { InternalNote = words.Rationale };
            DecideResult decided = await decideCase.RunAsync(caller, command, cancellationToken).ConfigureAwait(false);
            DemoParts.Expect(decided.Outcome == DecideOutcome.Decided, words.Post);
            PrecedentResult published = await publish.RunAsync(
                caller, task!.TaskNumber, words.Policy, new PrecedentDraft(words.Title, words.Facts, words.Rule, words.Reasoning, words.Examples, words.Tags), cancellationToken).ConfigureAwait(false);
            DemoParts.Expect(published.Outcome == PrecedentOutcome.Saved, words.Post);
        }
    }
}
