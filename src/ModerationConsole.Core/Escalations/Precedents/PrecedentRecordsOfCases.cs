using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>A precedent stays when its case goes, in the words of its expert; only the link ends. One of child safety goes as a whole.</summary>
internal sealed class PrecedentRecordsOfCases : ICaseRecords
{
    public int Floor => 8;

    public async Task RemoveAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken)
    {
        List<Precedent> about = await OfAsync(scope, cases, cancellationToken).ConfigureAwait(false);
        await HideAsync(scope, about, cancellationToken).ConfigureAwait(false);
        foreach (Precedent precedent in about.Where(row => !row.ChildSafety))
        {
            (precedent.CaseNumber, precedent.DecisionId, precedent.RulingNumber) = (null, null, null);
            precedent.Touch(scope.Now);
        }

        Precedent[] hidden = [.. about.Where(row => row.ChildSafety)];
        long[] gone = [.. hidden.Select(row => row.Number)];
        await scope.Db.Set<PrecedentText>().Where(row => gone.Contains(row.PrecedentNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await scope.Db.Set<PrecedentTag>().Where(row => gone.Contains(row.PrecedentNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await scope.Db.Set<PrecedentVersion>().Where(row => gone.Contains(row.PrecedentNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        scope.Db.RemoveRange(hidden);
        // The case itself is removed by statements that would still find it linked.
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    // What is compared by hashes of what users wrote is forgotten by each node as it reads the change.
    public async Task EraseAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken)
    {
        List<Precedent> about = await OfAsync(scope, cases, cancellationToken).ConfigureAwait(false);
        await HideAsync(scope, about, cancellationToken).ConfigureAwait(false);
        foreach (Precedent precedent in about)
        {
            precedent.Touch(scope.Now);
        }
    }

    // One that misses its own mark was hidden by its case or media, which go now.
    private static async Task HideAsync(WriteScope scope, IReadOnlyList<Precedent> about, CancellationToken cancellationToken)
    {
        long[] cases = [.. about.Where(row => !row.ChildSafety).Select(row => row.CaseNumber).OfType<long>()];
        long[] free = [.. await scope.Db.Set<Case>().Where(row => cases.Contains(row.Number)).FreeOfChildSafety(scope.Db)
            .Select(row => row.Number).ToListAsync(cancellationToken).ConfigureAwait(false)];
        foreach (Precedent precedent in about.Where(row => row is { ChildSafety: false, CaseNumber: { } number } && !free.Contains(number)))
        {
            precedent.Hide(scope.Now);
        }
    }

    private static Task<List<Precedent>> OfAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken) =>
        scope.Db.Set<Precedent>().Where(row => cases.Contains(row.CaseNumber!.Value)).ToListAsync(cancellationToken);
}
