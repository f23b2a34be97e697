using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Quality.Figures;

/// <summary>What a file that left the console says of where it came from.</summary>
/// <param name="Id">The entry of the audit that records it.</param>
/// <param name="Who">Pseudonym of the person who took it.</param>
/// <param name="At">When, UTC.</param>
public sealed record ExportMark(Guid Id, string Who, DateTimeOffset At);

/// <summary>The figures of the overview as a table for other programs. Who took them, and of what, is in the audit before they leave.</summary>
[Requires(Permission.RunQuality)]
public sealed class ExportQualityFigures(ReadQualityFigures read, WritePath writes, IAccessGuard guard, IRecentProof proof) : IUseCase
{
    /// <summary>CSV as of RFC 4180, UTF-8 with a byte order mark; see <see cref="FiguresCsv"/>.</summary>
    /// <returns>Null where the person must first prove again who they are.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The period is none.</exception>
    public async Task<byte[]?> RunAsync(Caller caller, QualityQuestion question, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ExportQualityFigures>(caller, cancellationToken).ConfigureAwait(false);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        QualityFigures figures = await read.RunAsync(caller, question, cancellationToken).ConfigureAwait(false);
        ExportMark mark = await writes.RunAsync(
            async (scope, cancel) => new ExportMark(scope.Record(caller, AuditAct.QualityExported, details: new Dictionary<string, object?>
            {
                ["days"] = (int)question.Period,
                ["judged"] = figures.Samples.Judged,
                ["language"] = question.Language,
                ["person"] = question.PersonId,
                ["policy"] = question.PolicyId,
                ["queue"] = question.QueueId,
            }).Id,
            await scope.Db.Set<Moderator>().Where(person => person.Id == caller.Id).Select(person => person.Pseudonym).SingleOrDefaultAsync(cancel).ConfigureAwait(false) ?? "",
            scope.Now),
            cancellationToken).ConfigureAwait(false);
        return FiguresCsv.Write(figures, mark);
    }
}
