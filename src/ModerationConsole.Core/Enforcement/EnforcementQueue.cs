using System.Security.Cryptography;
using System.Text;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Enforcement;

/// <summary>Writes actions down to be sent, in the transaction that ordered them.</summary>
internal static class EnforcementQueue
{
    /// <summary>Adds one action; its address and body are fixed from now on.</summary>
    /// <param name="notBefore">End of the undo window.</param>
    public static EnforcementAction QueueAction(
        this WriteScope scope, Caller caller, ActionDefinition action, ActionTarget target, WebhookFacts facts, DateTimeOffset notBefore,
        Guid? decisionId = null, long? caseNumber = null, DeliveryKind kind = DeliveryKind.Action)
    {
        EnforcementAction queued = new()
        {
            Kind = kind,
            DecisionId = decisionId,
            CaseNumber = caseNumber,
            ActionId = action.Id,
            Target = target,
            TargetTypeId = facts.Item.TypeId,
            TargetItemId = facts.Item.ItemId,
            CallbackUrl = action.CallbackUrl,
            Body = WebhookBody.Write(facts),
            CreatedAt = scope.Now,
            NotBefore = notBefore,
        };
        Add(scope, caller, queued);
        return queued;
    }

    /// <summary>Adds a message that tells of something and asks for nothing, to be sent at once.</summary>
    public static EnforcementAction QueueMessage(
        this WriteScope scope, Caller caller, DeliveryKind kind, string callbackUrl, string body, TargetItem about, long caseNumber)
    {
        EnforcementAction queued = new()
        {
            Kind = kind,
            CaseNumber = caseNumber,
            TargetTypeId = about.TypeId,
            TargetItemId = about.ItemId,
            CallbackUrl = callbackUrl,
            Body = body,
            CreatedAt = scope.Now,
            NotBefore = scope.Now,
        };
        Add(scope, caller, queued);
        return queued;
    }

    private static void Add(WriteScope scope, Caller caller, EnforcementAction queued)
    {
        scope.Db.Add(queued);
        scope.Record(caller, AuditAct.ActionQueued, queued.CaseNumber, subject: queued.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["action"] = queued.ActionId,
            ["body"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(queued.Body))),
            ["decision"] = queued.DecisionId,
        });
    }
}
