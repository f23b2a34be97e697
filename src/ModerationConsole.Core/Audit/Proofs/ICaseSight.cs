using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Proofs;

/// <summary>Answers for the room of cases whether someone may know of one.</summary>
public interface ICaseSight
{
    /// <summary>Whether there is a case of this number that those permissions open and that is there for the caller at the moment.</summary>
    Task<bool> MayKnowAsync(ConsoleDbContext db, Caller caller, long caseNumber, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken);

    /// <summary>The numbers among these of cases that those permissions do not open, or that are not there for the caller at the moment.</summary>
    Task<IReadOnlySet<long>> HiddenAmongAsync(
        ConsoleDbContext db, Caller caller, IReadOnlyCollection<long> caseNumbers, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken);
}
