using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Disputes;

/// <summary>Who decided a dispute about a decision has said whether it was right.</summary>
internal sealed class DisputeHands : IDecisionHands
{
    public Task<List<Guid>> OfAsync(ConsoleDbContext db, long caseNumber, CancellationToken cancellationToken) => (
        from dispute in db.Set<Dispute>()
        join sample in db.Set<QualitySample>() on dispute.SampleId equals sample.Id
        where sample.CaseNumber == caseNumber && dispute.DecidedBy != null
        select dispute.DecidedBy!.Value).ToListAsync(cancellationToken);
}
