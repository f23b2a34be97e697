using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues.Stacks;

namespace ModerationConsole.Core.Decisions.Stacks;

/// <summary>What is shown of a case that is like the one on the screen.</summary>
/// <param name="TaskNumber">Its task.</param>
/// <param name="Fence">The fencing number it was gathered with.</param>
/// <param name="CaseNumber">The case.</param>
/// <param name="Seen">State of the case as it is shown: a verdict on another state of it is not taken.</param>
/// <param name="Alike">In what it is like the one on the screen.</param>
/// <param name="TypeName">Name of the item's type.</param>
/// <param name="AuthorName">Name of who made it, else their id on the platform.</param>
/// <param name="QueueName">The queue it waited in.</param>
/// <param name="Fields">What there is to read, long texts cut short.</param>
/// <param name="Media">Its media, in order; shown only through the gated component.</param>
/// <param name="Reports">How many reports there are.</param>
public sealed record StackMember(
    long TaskNumber, long Fence, long CaseNumber, long Seen, Alike Alike, string TypeName, string? AuthorName, string QueueName, Severity Severity,
    Sensitivity Sensitivity, DateTimeOffset ReceivedAt, IReadOnlyList<DeskField> Fields, IReadOnlyList<DeskMedia> Media, int Reports);
