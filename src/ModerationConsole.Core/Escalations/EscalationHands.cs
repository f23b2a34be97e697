using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Escalations;

/// <summary>Who was asked for an opinion, or wrote one, before a question about the case was ruled on.</summary>
internal sealed class EscalationHands : IDecisionHands
{
    public Task<List<Guid>> OfAsync(ConsoleDbContext db, long caseNumber, CancellationToken cancellationToken)
    {
        IQueryable<Guid> ruled = db.Set<Escalation>().Where(row => row.CaseNumber == caseNumber && row.DecisionId != null).Select(row => row.Id);
        return db.Set<EscalationConsult>().Where(row => ruled.Contains(row.EscalationId)).Select(row => row.PersonId)
            .Union(db.Set<EscalationMessage>().Where(row => ruled.Contains(row.EscalationId)).Select(row => row.PersonId))
            .ToListAsync(cancellationToken);
    }
}
