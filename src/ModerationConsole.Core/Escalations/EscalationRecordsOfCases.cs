using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Escalations;

/// <summary>Questions about cases.</summary>
internal sealed class EscalationRecordsOfCases : ICaseRecords
{
    public int Floor => 8;

    public Task RemoveAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken) =>
        scope.Db.Set<Escalation>().Where(row => cases.Contains(row.CaseNumber)).ExecuteDeleteAsync(cancellationToken);

    public Task EraseAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken) =>
        scope.Db.Set<Escalation>().Where(row => cases.Contains(row.CaseNumber))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Question, ""), cancellationToken);
}
