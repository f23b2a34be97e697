using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>What a verdict on a task depends on, read inside its transaction. Only the case is tracked; the item's text is not read.</summary>
internal sealed record JudgedTask(Case About, JudgedVersion Item, CaseQueue Queue)
{
    /// <summary>The item as actions need it.</summary>
    public JudgedItem ForActions => new(About.Number, new TargetItem(Item.TypeId, Item.ItemId), Item.TypeName, Item.Kind, Item.Creator);

    /// <summary>Whose strikes follow from it: a judged account is its own author; null where nobody is known.</summary>
    public TargetItem? Account => Item.Kind == ItemKind.User ? new TargetItem(Item.TypeId, Item.ItemId) : Item.Creator;

    /// <summary>Whose earlier decisions belong to what its decider sees.</summary>
    public EarlierAsk Earlier(bool seesChildSafety) => new(About.Number, Item.CreatorTypeId, Item.CreatorId, seesChildSafety);

    /// <summary>Reads the case, its item and the queue of a task.</summary>
    public static async Task<JudgedTask> ReadAsync(ReadAhead reads, ReviewTask task, CancellationToken cancellationToken) =>
        await reads.FindAsync(DecisionReads.Judged, task.Number, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("A task without its case.");

    /// <summary>Checks the rights that the case and its queue ask for beyond reviewing: they may have been taken since it was drawn.</summary>
    /// <exception cref="PermissionDeniedException">One of them is missing.</exception>
    public void Demand(IReadOnlySet<Permission> held)
    {
        if (About.Sensitivity == Sensitivity.ChildSafety && !held.Contains(Permission.ChildSafety))
        {
            throw new PermissionDeniedException(Permission.ChildSafety);
        }

        if (!Reviewer.MayWork(Queue.Kind, held))
        {
            throw new PermissionDeniedException(Queue.Kind switch
            {
                QueueKind.ChildSafety => Permission.ChildSafety,
                QueueKind.Appeals => Permission.HearAppeals,
                _ => Permission.RuleOnEscalations,
            });
        }
    }
}

/// <summary>The judged item version without its text.</summary>
internal sealed record JudgedVersion(
    Guid Id, string TypeId, string ItemId, byte[] ContentHash, string? CreatorTypeId, string? CreatorId, string TypeName, ItemKind Kind)
{
    /// <summary>Who made it, where both parts are known.</summary>
    public TargetItem? Creator => CreatorTypeId is null || CreatorId is null ? null : new TargetItem(CreatorTypeId, CreatorId);
}
