using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Policies;

/// <summary>That a policy leaves a case open. What was said about it stays with the dispute in which that was found.</summary>
/// <param name="PolicyId">The policy.</param>
/// <param name="CaseNumber">The case that it leaves open.</param>
/// <param name="DisputeId">The dispute in which it was found; those who write policies read its words there.</param>
public sealed record PolicyQuestion(string PolicyId, long CaseNumber, Guid DisputeId);

/// <summary>Takes questions about policies to those who write them. Rooms that find a policy wanting ask; escalations answer.</summary>
public interface IPolicyQuestions
{
    /// <summary>Opens a question in the transaction in which the policy was found wanting.</summary>
    Task AskAsync(WriteScope scope, Caller caller, PolicyQuestion question, CancellationToken cancellationToken);
}
