using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Enforcement;

/// <summary>Defines an action of the platform, or changes one. What is already on its way keeps the address and body it was written with.</summary>
[Requires(Permission.ManageActions)]
public sealed partial class SaveAction(WritePath writes, IAccessGuard guard, IOptions<WebhookOptions> options) : IUseCase
{
    private readonly AllowedHosts _named = new(options.Value.AllowedHosts);

    /// <summary>Saves the action.</summary>
    public async Task<SaveActionOutcome> RunAsync(Caller caller, ActionDraft draft, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveAction>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(draft);
        return RefusalOf(draft) is { } refusal
            ? refusal
            : await writes.RunAsync((scope, token) => SaveAsync(scope, caller, draft, token), cancellationToken).ConfigureAwait(false);
    }

    private SaveActionOutcome? RefusalOf(ActionDraft draft)
    {
        if (draft.Id is null || !ActionId().IsMatch(draft.Id))
        {
            return SaveActionOutcome.IdInvalid;
        }

        if (string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Trim().Length > TextLength.Id)
        {
            return SaveActionOutcome.NameInvalid;
        }

        if (draft.Description.Length > TextLength.Note || string.Join(',', draft.ItemTypes).Length > TextLength.Note)
        {
            return SaveActionOutcome.TextTooLong;
        }

        if (draft.CallbackUrl.Length > 0 && !WebhookAddress.IsAllowed(draft.CallbackUrl, _named))
        {
            return SaveActionOutcome.AddressRefused;
        }

        if (!ActionRules.IsObject(draft.CustomBody))
        {
            return SaveActionOutcome.CustomBodyInvalid;
        }

        return ActionRules.AreSound(draft.Parameters) ? null : SaveActionOutcome.ParametersInvalid;
    }

    private static async Task<SaveActionOutcome> SaveAsync(WriteScope scope, Caller caller, ActionDraft draft, CancellationToken cancellationToken)
    {
        ActionDefinition? row = await scope.Db.Set<ActionDefinition>().SingleOrDefaultAsync(action => action.Id == draft.Id, cancellationToken).ConfigureAwait(false);
        if (draft.Version is null && row is not null)
        {
            return SaveActionOutcome.IdTaken;
        }

        if (draft.Version is { } version && row?.Version != version)
        {
            return SaveActionOutcome.Changed;
        }

        string[] types = [.. draft.ItemTypes.Distinct(StringComparer.Ordinal)];
        if (await scope.Db.Set<ItemType>().CountAsync(type => types.Contains(type.Id), cancellationToken).ConfigureAwait(false) != types.Length)
        {
            return SaveActionOutcome.UnknownItemType;
        }

        string? reversal = string.IsNullOrWhiteSpace(draft.ReversalActionId) ? null : draft.ReversalActionId;
        if (reversal is not null && (reversal == draft.Id
            || !await scope.Db.Set<ActionDefinition>().AnyAsync(action => action.Id == reversal, cancellationToken).ConfigureAwait(false)))
        {
            return SaveActionOutcome.UnknownReversal;
        }

        if (row is null)
        {
            row = new ActionDefinition { Id = draft.Id };
            scope.Db.Add(row);
        }

        Take(row, draft, types, reversal);
        scope.Record(caller, AuditAct.ActionDefinitionChanged, subject: row.Id, details: new Dictionary<string, object?>
        {
            ["archived"] = row.Archived,
            // The address may carry a token of the platform's; who it went to is told by host alone.
            ["host"] = row.CallbackUrl.Length == 0 ? null : new Uri(row.CallbackUrl).Authority,
            ["reversible"] = row.Reversible,
            ["target"] = row.Target.ToString(),
        });
        scope.Publish(LiveKind.ConfigurationChanged, state: "action");
        return SaveActionOutcome.Saved;
    }

    private static void Take(ActionDefinition row, ActionDraft draft, string[] types, string? reversal)
    {
        row.Name = draft.Name.Trim();
        row.Description = draft.Description.Trim();
        row.CallbackUrl = draft.CallbackUrl;
        row.CustomBody = draft.CustomBody;
        row.ItemTypes = string.Join(',', types);
        row.Target = draft.Target;
        row.Reversible = draft.Reversible;
        row.ReversalActionId = reversal;
        row.Parameters = ActionParameters.Write(draft.Parameters);
        row.Archived = draft.Archived;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.:-]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ActionId();
}
