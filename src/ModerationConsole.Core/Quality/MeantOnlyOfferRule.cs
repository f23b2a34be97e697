using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Core.Quality.Golden;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality;

/// <summary>Golden and calibration tasks are for the one person whom they measure, also when what kept them for that person is over.</summary>
internal sealed class MeantOnlyOfferRule : IOfferRule
{
    public async ValueTask<bool> MayTakeAsync(OfferQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        (long number, Guid person) = (question.Task.TaskNumber, question.Person.Id);
        return question.Task.Kind switch
        {
            TaskKind.Golden => await question.Db.Set<GoldenAnswer>().AnyAsync(row => row.TaskNumber == number && row.PersonId == person, cancellationToken).ConfigureAwait(false),
            TaskKind.Calibration => await question.Db.Set<CalibrationVote>().AnyAsync(row => row.TaskNumber == number && row.PersonId == person, cancellationToken).ConfigureAwait(false),
            TaskKind.First or TaskKind.Second or TaskKind.Expert or TaskKind.Appeal or TaskKind.Qa or TaskKind.Adjudication => true,
            _ => throw new ArgumentOutOfRangeException(nameof(question)),
        };
    }
}
