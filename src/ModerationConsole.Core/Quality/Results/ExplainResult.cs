using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Results;

/// <summary>What became of an explanation.</summary>
public enum ExplainOutcome
{
    /// <summary>It counts from now on, and its author is told.</summary>
    Explained,

    /// <summary>There is nothing that the caller is to explain: it is settled, was never found wrong, or is someone else's.</summary>
    NotYours,

    /// <summary>No kind of error was named, or one that the two verdicts do not allow.</summary>
    KindDoesNotFit,

    /// <summary>No cause was named.</summary>
    CauseRequired,

    /// <summary>There is nothing in the text.</summary>
    TextRequired,

    /// <summary>The text is longer than 5 000 characters.</summary>
    TextTooLong,
}

/// <summary>Why a decision was wrong.</summary>
/// <param name="Text">What its author is told, up to 5 000 characters.</param>
public sealed record ResultExplanation(Guid SampleId, ErrorKind? Kind, RootCause? Cause, string? Text);

/// <summary>
/// Says what was wrong with a decision and why, and tells its author. It is for the third person who found it wrong; where they have
/// left, for another who may adjudicate and had no hand in it.
/// </summary>
[Requires(Permission.AdjudicateQuality)]
public sealed class ExplainResult(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Explains it once.</summary>
    public async Task<ExplainOutcome> RunAsync(Caller caller, ResultExplanation explanation, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ExplainResult>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(explanation);
        if (explanation.Kind is not { } kind)
        {
            return ExplainOutcome.KindDoesNotFit;
        }

        if (explanation.Cause is not { } cause || !Enum.IsDefined(cause))
        {
            return ExplainOutcome.CauseRequired;
        }

        if (QualityText.TooLong(explanation.Text))
        {
            return ExplainOutcome.TextTooLong;
        }

        return QualityText.Clean(explanation.Text) is not { } text
            ? ExplainOutcome.TextRequired
            : await writes.RunAsync((scope, token) => ExplainAsync(scope, caller, explanation.SampleId, kind, cause, text, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Key of the entry in the author's inbox.</summary>
    internal static string Key(Guid sampleId) => $"result:{sampleId}";

    private static async Task<ExplainOutcome> ExplainAsync(
        WriteScope scope, Caller caller, Guid sampleId, ErrorKind kind, RootCause cause, string text, CancellationToken cancellationToken)
    {
        QualitySample? sample = await scope.Db.ToExplainBy(caller.Id).SingleOrDefaultAsync(row => row.Id == sampleId, cancellationToken).ConfigureAwait(false);
        if (sample is not { RightVerdict: { } right })
        {
            return ExplainOutcome.NotYours;
        }

        if (!ErrorKinds.Fits(kind, sample.Verdict, right))
        {
            return ExplainOutcome.KindDoesNotFit;
        }

        sample.Explain(kind, cause, text, scope.Now);
        scope.Record(caller, AuditAct.SampleExplained, sample.CaseNumber, sample.TaskNumber, sample.Id.ToString(), new Dictionary<string, object?>
        {
            ["kind"] = kind.ToString(),
            ["cause"] = cause.ToString(),
            ["hash"] = QualityText.Hash(text),
        });
        if (sample.DeciderId is { } author)
        {
            await scope.TellAsync(author, InboxKind.ResultReady, Key(sample.Id), cancellationToken, sample.CaseNumber, subject: sample.Id.ToString()).ConfigureAwait(false);
        }

        return ExplainOutcome.Explained;
    }
}
