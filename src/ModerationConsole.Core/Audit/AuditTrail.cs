using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit;

/// <summary>Appends to the audit inside the transaction of the act.</summary>
public static class AuditTrail
{
    /// <summary>Records <paramref name="act"/> in this operation's transaction.</summary>
    /// <param name="details">Ids, codes and hashes only; keys are sorted before they are stored.</param>
    public static AuditEntry Record(
        this WriteScope scope,
        Caller caller,
        AuditAct act,
        long? caseNumber = null,
        long? taskNumber = null,
        string? subject = null,
        IReadOnlyDictionary<string, object?>? details = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(caller);
        AuditEntry entry = new()
        {
            At = scope.Now,
            Act = act,
            ActorKind = caller.Kind,
            ActorId = caller.Kind == CallerKind.System ? null : caller.Id,
            CaseNumber = caseNumber,
            TaskNumber = taskNumber,
            Subject = subject,
            Details = details is null ? "{}" : JsonSerializer.Serialize(new SortedDictionary<string, object?>(details.ToDictionary(), StringComparer.Ordinal)),
        };
        scope.Append(entry);
        // Committed with the entry, gone with its leaf: whatever commits late still waits here.
        scope.Append(new AuditUnsealed { EntryId = entry.Id, At = entry.At });
        if (ActMeter.Of(act) is { } count)
        {
            scope.AfterCommit(count);
        }

        return entry;
    }
}
