using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>Stores the words of precedents inside a write.</summary>
internal static class PrecedentWriting
{
    /// <summary>Stores a version of the words, and makes the precedent be found by these and no others.</summary>
    public static async Task WriteAsync(this WriteScope scope, Precedent precedent, PrecedentVersion version, PrecedentDraft words, CancellationToken cancellationToken)
    {
        scope.Db.Add(version);
        List<PrecedentTag> tags = await scope.Db.Set<PrecedentTag>().Where(row => row.PrecedentNumber == precedent.Number).ToListAsync(cancellationToken).ConfigureAwait(false);
        scope.Db.RemoveRange(tags.Where(row => !words.Tags.Contains(row.Tag)));
        scope.Db.AddRange(words.Tags.Except(tags.Select(row => row.Tag)).Select(tag => new PrecedentTag { PrecedentNumber = precedent.Number, Tag = tag }));
        PrecedentText? text = await scope.Db.Set<PrecedentText>().FindAsync([precedent.Number], cancellationToken).ConfigureAwait(false);
        if (text is null)
        {
            text = new PrecedentText { PrecedentNumber = precedent.Number };
            scope.Db.Add(text);
        }

        text.Words = words.Words;
    }

    /// <summary>Records what was done to a precedent; of its words only that they were written and their hash.</summary>
    public static void Record(this WriteScope scope, Caller caller, AuditAct act, Precedent precedent, PrecedentDraft? words = null)
    {
        Dictionary<string, object?> details = new()
        {
            ["precedent"] = precedent.Number,
            ["policy"] = precedent.PolicyId,
            ["policyVersion"] = precedent.PolicyVersion,
            ["version"] = precedent.CurrentVersion,
        };
        if (words is not null)
        {
            details["hash"] = TextHash.Of(string.Join('\u001F', [words.Title, words.Facts, words.Rule, words.Reasoning, words.Examples, .. words.Tags]));
        }

        scope.Record(caller, act, precedent.CaseNumber, precedent.RulingNumber, $"precedent:{precedent.Number}", details);
    }

    /// <summary>Whether the ruling stands: one that was taken back or replaced is none to go by, in whatever words.</summary>
    public static async Task<PrecedentOutcome> StandsAsync(this WriteScope scope, Precedent precedent, CancellationToken cancellationToken) =>
        await scope.Db.Set<Precedent>().Where(row => row.Number == precedent.Number).Standing(scope.Db).AnyAsync(cancellationToken).ConfigureAwait(false)
            ? PrecedentOutcome.Saved
            : PrecedentOutcome.NotRuled;

    /// <summary>Precedents of a case that turned out to be one of child safety are there for nobody, from this write on.</summary>
    public static async Task HidePrecedentsAsync(this WriteScope scope, Caller caller, long caseNumber, CancellationToken cancellationToken)
    {
        List<Precedent> about = await scope.Db.Set<Precedent>().Where(row => row.CaseNumber == caseNumber && !row.ChildSafety).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (Precedent precedent in about)
        {
            precedent.Hide(scope.Now);
            scope.Db.RemoveRange(await scope.Db.Set<PrecedentText>().Where(row => row.PrecedentNumber == precedent.Number).ToListAsync(cancellationToken).ConfigureAwait(false));
            scope.Db.RemoveRange(await scope.Db.Set<PrecedentTag>().Where(row => row.PrecedentNumber == precedent.Number).ToListAsync(cancellationToken).ConfigureAwait(false));
            scope.Record(caller, AuditAct.PrecedentHidden, precedent);
        }
    }
}
