using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Disputes;

/// <summary>What became of an objection.</summary>
public enum OpenDisputeOutcome
{
    /// <summary>Someone without a hand in it will decide.</summary>
    Opened,

    /// <summary>There is no such result of the caller's.</summary>
    NotYours,

    /// <summary>The decision was found right: there is nothing to dispute.</summary>
    NotWrong,

    /// <summary>It was disputed before: a result can be disputed once.</summary>
    AlreadyDisputed,

    /// <summary>The days to dispute it are over; see <see cref="DisputeWindow"/>.</summary>
    TooLate,

    /// <summary>There is nothing in the text.</summary>
    TextRequired,

    /// <summary>The text is longer than 5 000 characters.</summary>
    TextTooLong,
}

/// <summary>Objects to a result of one's own: once, with text, within the days that a person has for it.</summary>
[Requires(Permission.ReviewCases)]
public sealed class OpenDispute(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Opens the dispute.</summary>
    /// <param name="text">Why the result is wrong, up to 5 000 characters.</param>
    public async Task<OpenDisputeOutcome> RunAsync(Caller caller, Guid resultId, string? text, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<OpenDispute>(caller, cancellationToken).ConfigureAwait(false);
        if (QualityText.TooLong(text))
        {
            return OpenDisputeOutcome.TextTooLong;
        }

        return QualityText.Clean(text) is not { } words
            ? OpenDisputeOutcome.TextRequired
            : await writes.RunAsync((scope, token) => OpenAsync(scope, caller, resultId, words, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<OpenDisputeOutcome> OpenAsync(WriteScope scope, Caller caller, Guid resultId, string words, CancellationToken cancellationToken)
    {
        QualitySample? sample = await scope.Db.ResultsOf(caller.Id).SingleOrDefaultAsync(row => row.Id == resultId, cancellationToken).ConfigureAwait(false);
        if (sample is null)
        {
            return OpenDisputeOutcome.NotYours;
        }

        // Before anything else: one that was overturned is not wrong any more, and was disputed all the same.
        if (await scope.Db.Set<Dispute>().AnyAsync(row => row.SampleId == sample.Id, cancellationToken).ConfigureAwait(false))
        {
            return OpenDisputeOutcome.AlreadyDisputed;
        }

        if (sample.Wrong != true)
        {
            return OpenDisputeOutcome.NotWrong;
        }

        if (DisputeWindow.EndOf(sample) is { } end && scope.Now >= end)
        {
            return OpenDisputeOutcome.TooLate;
        }

        // Whoever objects to it has seen it, even where the page that shows it could not say so.
        await SeeResult.SeeAsync(scope, caller, sample, cancellationToken).ConfigureAwait(false);
        Dispute dispute = new() { SampleId = sample.Id, PersonId = caller.Id, Text = words, OpenedAt = scope.Now };
        scope.Db.Add(dispute);
        scope.Record(caller, AuditAct.DisputeOpened, sample.CaseNumber, subject: dispute.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["sample"] = sample.Id,
            ["hash"] = QualityText.Hash(words),
        });
        return OpenDisputeOutcome.Opened;
    }
}
