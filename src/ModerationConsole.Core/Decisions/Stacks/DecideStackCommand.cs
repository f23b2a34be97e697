namespace ModerationConsole.Core.Decisions.Stacks;

/// <summary>A member of the stack as the person saw it when they decided.</summary>
/// <param name="TaskNumber">Its task.</param>
/// <param name="Fence">The fencing number it was gathered with.</param>
/// <param name="Seen">State of its case as it was shown, see <see cref="StackMember.Seen"/>.</param>
public sealed record StackMemberChoice(long TaskNumber, long Fence, long Seen);

/// <summary>One verdict on the task on the screen and on the members that the person left in.</summary>
/// <param name="Shown">The verdict, as it would be given on the task on the screen alone.</param>
/// <param name="Members">The members that are decided with it; the others go back.</param>
public sealed record DecideStackCommand(DecideCommand Shown, IReadOnlyList<StackMemberChoice> Members);

/// <summary>Why a member was not decided with the others.</summary>
public enum StackLeftOutReason
{
    /// <summary>It is no longer in the person's hands: taken back, moved, withdrawn.</summary>
    Gone,

    /// <summary>Something new came about it since it was shown: a report, another severity.</summary>
    Changed,

    /// <summary>Its queue, its item or its author do not allow this verdict or an action of it.</summary>
    NotPossible,

    /// <summary>The person lost the right to judge it.</summary>
    NotAllowed,
}

/// <summary>A member that was not decided with the others; it waits again.</summary>
public sealed record StackLeftOut(long TaskNumber, StackLeftOutReason Why);

/// <summary>The answer to one verdict on a stack.</summary>
/// <param name="Shown">What became of the verdict on the task on the screen; nothing was decided unless it was.</param>
public sealed record DecideStackResult(DecideResult Shown)
{
    /// <summary>Members that were decided with it.</summary>
    public int Members { get; init; }

    /// <summary>Members that were to be decided with it and were not.</summary>
    public IReadOnlyList<StackLeftOut> LeftOut { get; init; } = [];
}
