using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Core.Appeals;

/// <summary>An appeal as a program sent it, read and checked.</summary>
internal sealed record AppealOrder(string ExternalId, AppealKind Kind, TargetItem By, DateTimeOffset AppealedAt, TargetItem Item, IReadOnlyList<string> Actions, string? Text);

/// <summary>The decision that an appeal is about.</summary>
/// <param name="Item">The item that was judged.</param>
internal sealed record ContestedDecision(Decision Decision, Case About, ItemVersion Item);

/// <summary>Why an appeal cannot be heard.</summary>
internal enum AppealRefusal
{
    /// <summary>No decision in force did that: it was taken back or reversed, may still be taken back, or was made elsewhere.</summary>
    NothingInForce,

    /// <summary>What was judged is erased: there is nothing to judge by.</summary>
    Erased,

    /// <summary>It is neither the account that the decision is about, nor one whose report was refused.</summary>
    NotConcerned,

    /// <summary>The same account appealed against the decision before, and brings nothing new.</summary>
    AlreadyAppealed,
}
