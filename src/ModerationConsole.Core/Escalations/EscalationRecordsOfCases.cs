using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases.Keeping;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Escalations.Emergencies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Escalations;

/// <summary>Questions about cases, with all that was written, rung and told about them.</summary>
internal sealed class EscalationRecordsOfCases : ICaseRecords, ICaseNeeds
{
    public int Floor => 8;

    // As long as someone may still answer.
    public IQueryable<long> Of(ConsoleDbContext db) => db.Set<Escalation>().Where(row => row.DecisionId == null
        && db.Set<ReviewTask>().Any(task => task.Number == row.ExpertTask && (task.State == TaskState.Waiting || task.State == TaskState.Leased))).Select(row => row.CaseNumber);

    public async Task RemoveAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken)
    {
        IQueryable<Guid> gone = Of(scope, cases);
        await scope.Db.Set<EscalationMessage>().Where(row => gone.Contains(row.EscalationId)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await scope.Db.Set<EscalationConsult>().Where(row => gone.Contains(row.EscalationId)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await scope.Db.Set<OnCallAlert>().Where(row => gone.Contains(row.EscalationId)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await scope.Db.Set<ToldAuthority>().Where(row => gone.Contains(row.EscalationId)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await scope.Db.Set<Escalation>().Where(row => cases.Contains(row.CaseNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    // Which authority was told, and when, says nothing of what users wrote: that is kept for as long as the case.
    public async Task EraseAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken)
    {
        IQueryable<Guid> about = Of(scope, cases);
        await scope.Db.Set<EscalationMessage>().Where(row => about.Contains(row.EscalationId))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Text, ""), cancellationToken).ConfigureAwait(false);
        await scope.Db.Set<Escalation>().Where(row => cases.Contains(row.CaseNumber))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Question, ""), cancellationToken).ConfigureAwait(false);
    }

    private static IQueryable<Guid> Of(WriteScope scope, IReadOnlyList<long> cases) =>
        scope.Db.Set<Escalation>().Where(row => cases.Contains(row.CaseNumber)).Select(row => row.Id);
}
