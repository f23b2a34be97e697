using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Golden;

/// <summary>What became of a case that was to be golden.</summary>
public enum MakeGoldenOutcome
{
    Made,

    /// <summary>There is no case of that number that may measure.</summary>
    NoCase,

    /// <summary>No decision on it is in force.</summary>
    NotDecided,

    /// <summary>Its decision can still be undone.</summary>
    StillUndoable,

    /// <summary>It could not be reviewed: there is nothing to agree on.</summary>
    NoVerdict,

    /// <summary>It was decided under an older version of its policy.</summary>
    PolicyChanged,

    /// <summary>It is golden already.</summary>
    GoldenAlready,

    /// <summary>Fewer than three people judged it alike without knowing of one another.</summary>
    NoAgreement,

    /// <summary>The note is longer than 5 000 characters.</summary>
    NoteTooLong,
}

/// <summary>The answer, with the golden case where one was made.</summary>
public sealed record MakeGoldenResult(MakeGoldenOutcome Outcome, Guid? GoldenId = null);

/// <summary>Makes a golden case of the decision in force on a case, inside a write.</summary>
internal static class GoldenMaking
{
    public static async Task<MakeGoldenResult> MakeGoldenAsync(
        this WriteScope scope, Caller caller, long caseNumber, GoldenOrigin origin, string? note, CancellationToken cancellationToken)
    {
        (bool exists, MeasurableCase? found) = await scope.Db.MeasurableAsync(caseNumber, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return new MakeGoldenResult(exists ? MakeGoldenOutcome.NotDecided : MakeGoldenOutcome.NoCase);
        }

        if (await RefusalAsync(scope, found, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return new MakeGoldenResult(refusal);
        }

        (Case about, Decision inForce, Guid first) = found;
        Judgement agreed = Judgement.Of(inForce);
        GoldenCase golden = new()
        {
            CaseNumber = about.Number,
            DecisionId = first,
            Origin = origin,
            Verdict = agreed.Verdict,
            PolicyId = agreed.PolicyId,
            PolicyVersionId = agreed.PolicyId is null ? null : inForce.PolicyVersionId,
            Actions = agreed.Actions,
            Note = note,
            MadeBy = origin == GoldenOrigin.Expert && caller.Kind == CallerKind.Person ? caller.Id : null,
            MadeAt = scope.Now,
            Severe = await scope.Db.Set<Case>().Severe().AnyAsync(row => row.Number == about.Number, cancellationToken).ConfigureAwait(false),
        };
        scope.Db.Add(golden);
        scope.Record(caller, AuditAct.GoldenMade, about.Number, subject: golden.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["decision"] = inForce.Id,
            ["origin"] = origin.ToString(),
            ["severe"] = golden.Severe,
        });
        return new MakeGoldenResult(MakeGoldenOutcome.Made, golden.Id);
    }

    private static async Task<MakeGoldenOutcome?> RefusalAsync(WriteScope scope, MeasurableCase found, CancellationToken cancellationToken)
    {
        Decision inForce = found.InForce;
        if (found.StillUndoable(scope.Now))
        {
            return MakeGoldenOutcome.StillUndoable;
        }

        if (inForce.Verdict == Verdict.CannotReview)
        {
            return MakeGoldenOutcome.NoVerdict;
        }

        if (inForce.PolicyVersionId is { } version && !await scope.Db.PoliciesInForce().AnyAsync(id => id == version, cancellationToken).ConfigureAwait(false))
        {
            return MakeGoldenOutcome.PolicyChanged;
        }

        return await scope.Db.Set<GoldenCase>().AnyAsync(row => row.CaseNumber == inForce.CaseNumber && row.State == GoldenState.Active, cancellationToken).ConfigureAwait(false)
            ? MakeGoldenOutcome.GoldenAlready
            : null;
    }
}
