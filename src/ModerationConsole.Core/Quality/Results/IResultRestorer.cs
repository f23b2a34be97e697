using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Results;

/// <summary>Learns, in the same transaction, that a decision which had been put right by another was right after all.</summary>
public interface IResultRestorer
{
    /// <summary>The sample counts as right again, and its correcting decision still stands.</summary>
    /// <param name="correctionId">The correcting decision: <see cref="QualitySample.CorrectionId"/>.</param>
    Task RestoreAsync(WriteScope scope, Caller caller, QualitySample sample, Guid correctionId, CancellationToken cancellationToken);
}
