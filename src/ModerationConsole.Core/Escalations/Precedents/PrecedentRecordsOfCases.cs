using Microsoft.EntityFrameworkCore;
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
        foreach (Precedent precedent in await OfAsync(scope, cases, cancellationToken).ConfigureAwait(false))
        {
            precedent.Touch(scope.Now);
        }
    }

    private static Task<List<Precedent>> OfAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken) =>
        scope.Db.Set<Precedent>().Where(row => cases.Contains(row.CaseNumber!.Value)).ToListAsync(cancellationToken);
}
