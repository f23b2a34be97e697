using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Stacks;
using ModerationConsole.Core.Queues.Stacks;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Review;

/// <summary>The use cases by which the desk handles what is like the case on the screen, as the person who sits at it.</summary>
public sealed class DeskStacks(ICurrentCaller callers, GatherStack gather, ReadStack read, DecideStack decide)
{
    /// <summary>Takes what is like the case into the person's hands, and reads it.</summary>
    public async Task<IReadOnlyList<StackMember>> GatherAsync(long taskNumber, long fence, CancellationToken cancellationToken) =>
        await gather.RunAsync(await callers.GetAsync(), taskNumber, fence, cancellationToken) == 0
            ? []
            : await ReadAsync(taskNumber, cancellationToken);

    /// <summary>Reads what the person still holds with the case.</summary>
    public async Task<IReadOnlyList<StackMember>> ReadAsync(long taskNumber, CancellationToken cancellationToken) =>
        await read.RunAsync(await callers.GetAsync(), taskNumber, cancellationToken);

    /// <summary>Submits one verdict on the case and these members.</summary>
    public async Task<DecideStackResult> DecideAsync(DecideCommand command, IEnumerable<StackMember> members, CancellationToken cancellationToken) =>
        await decide.RunAsync(
            await callers.GetAsync(),
            new DecideStackCommand(command, [.. members.Select(member => new StackMemberChoice(member.TaskNumber, member.Fence, member.Seen))]),
            cancellationToken);
}
