using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Enforcement;

/// <summary>An action that a program asks for, in the peer's words.</summary>
/// <param name="ActionId">The action.</param>
/// <param name="ItemId">Id of the item it is done to; it need not be known here.</param>
/// <param name="ItemTypeId">Type of that item.</param>
public sealed record ActionRequest(string ActionId, string ItemId, string ItemTypeId)
{
    /// <summary>Policies it is done for.</summary>
    public IReadOnlyList<string> PolicyIds { get; init; } = [];

    /// <summary>Items that were reported.</summary>
    public IReadOnlyList<TargetItem> ReportedItems { get; init; } = [];

    /// <summary>Id of the person here who is behind it; one that is not known is left out.</summary>
    public string? ActorId { get; init; }

    /// <summary>Values of the action's parameters.</summary>
    public JsonObject? Parameters { get; init; }

    /// <summary>The program's own note, sent on to the platform; up to 5 000 characters.</summary>
    public string? Note { get; init; }
}

/// <summary>What became of a request.</summary>
/// <param name="EnforcementId">The action on its way; null when refused, or when the Idempotency-Key belongs to another body.</param>
/// <param name="Problems">Everything that is wrong with it.</param>
/// <param name="KeyReused">The Idempotency-Key was used with another body before.</param>
public sealed record ActionRequested(Guid? EnforcementId, IReadOnlyList<ActionProblem> Problems, bool KeyReused = false);

/// <summary>Orders an action for a program. It is sent at once: there is no undo window for what no person decided here.</summary>
[Requires(Permission.SubmitActions)]
public sealed class RequestAction(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Orders it once for a key, however often it is sent.</summary>
    public async Task<ActionRequested> RunAsync(Caller caller, ActionRequest request, RequestKey? key, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RequestAction>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(request);
        Once<ActionRequested> once = await writes.RunAsync(
            (scope, token) => scope.OnceAsync(key, () => OrderAsync(scope, caller, request, token), answer => answer.EnforcementId is not null, token),
            cancellationToken).ConfigureAwait(false);
        return once.Value ?? new ActionRequested(null, [], KeyReused: true);
    }

    private static async Task<ActionRequested> OrderAsync(WriteScope scope, Caller caller, ActionRequest request, CancellationToken cancellationToken)
    {
        RequestedAction read = await RequestedAction.ReadAsync(scope.Db, request, cancellationToken).ConfigureAwait(false);
        if (read.Problems.Count > 0)
        {
            return new ActionRequested(null, read.Problems);
        }

        ActionDefinition action = read.Action!;
        WebhookFacts facts = new()
        {
            ActionId = action.Id,
            Item = new TargetItem(request.ItemTypeId, request.ItemId),
            ItemTypeName = read.TypeName!,
            Policies = read.Policies,
            CustomBody = action.CustomBody,
            Parameters = request.Parameters,
            ActorPseudonym = await PseudonymAsync(scope.Db, request.ActorId, cancellationToken).ConfigureAwait(false),
            ActorNote = string.IsNullOrWhiteSpace(request.Note) ? null : request.Note,
            Creator = read.Creator,
        };
        scope.Record(caller, AuditAct.ActionRequested, read.Case?.Number, subject: action.Id);
        EnforcementAction queued = scope.QueueAction(caller, action, ActionTarget.Item, facts, scope.Now, caseNumber: read.Case?.Number);
        if (read.Case is { } about)
        {
            scope.Tell(about, CaseEventKind.Actioned, subjectId: queued.Id, text: action.Name);
        }

        return new ActionRequested(queued.Id, []);
    }

    private static async Task<string?> PseudonymAsync(ConsoleDbContext db, string? actorId, CancellationToken cancellationToken) =>
        Guid.TryParse(actorId, out Guid id)
            ? await db.Set<Moderator>().Where(row => row.Id == id).Select(row => row.Pseudonym).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false)
            : null;
}
