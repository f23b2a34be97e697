using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Quality.Figures;

/// <summary>The figures of the overview as a table for other programs. Who took them, and of what, is in the audit before they leave.</summary>
[Requires(Permission.RunQuality)]
public sealed class ExportQualityFigures(ReadQualityFigures read, WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>CSV as of RFC 4180, UTF-8 with a byte order mark; see <see cref="FiguresCsv"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The period is none.</exception>
    public async Task<byte[]> RunAsync(Caller caller, QualityQuestion question, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ExportQualityFigures>(caller, cancellationToken).ConfigureAwait(false);
        QualityFigures figures = await read.RunAsync(caller, question, cancellationToken).ConfigureAwait(false);
        byte[] table = FiguresCsv.Write(figures);
        await writes.RunAsync(
            (scope, _) => Task.FromResult(scope.Record(caller, AuditAct.QualityExported, details: new Dictionary<string, object?>
            {
                ["days"] = (int)question.Period,
                ["judged"] = figures.Samples.Judged,
                ["language"] = question.Language,
                ["person"] = question.PersonId,
                ["policy"] = question.PolicyId,
                ["queue"] = question.QueueId,
            })),
            cancellationToken).ConfigureAwait(false);
        return table;
    }
}
