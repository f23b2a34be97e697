using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Coaching;

/// <summary>Whoever sent or was sent a note about a case has heard of it: they are not offered to judge it again, knowing nothing.</summary>
public sealed class CoachedOfferRule : IOfferRule
{
    /// <inheritdoc />
    public async ValueTask<bool> MayTakeAsync(OfferQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        return !TaskKinds.Measuring.Contains(question.Task.Kind)
            || !await question.Db.Set<CoachingNote>()
                .AnyAsync(note => note.CaseNumber == question.Task.CaseNumber && (note.ToId == question.Person.Id || note.FromId == question.Person.Id), cancellationToken)
                .ConfigureAwait(false);
    }
}
