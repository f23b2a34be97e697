using System.Globalization;
using System.Text.Json;
using ModerationConsole.Core.Audit.Proofs;

namespace ModerationConsole.Web.Hosting;

/// <summary>What checking a proof found, in words for a person and in a line for a program.</summary>
internal static class ProofWords
{
    public static string Summary(ProofCheck check) => JsonSerializer.Serialize(
        new
        {
            holds = check.Holds,
            problem = check.Problem?.ToString(),
            entry = check.EntryNumber,
            caseNumber = check.Document?.CaseNumber,
            entries = check.Document?.Entries.Count,
            size = check.Document?.Head.Size,
            signedAt = check.Document?.Head.SignedAt,
            keyId = check.Document?.Head.KeyId,
        },
        JsonSerializerOptions.Web);

    public static string Describe(ProofCheck check)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        string entry = string.Create(plain, $"Entry {check.EntryNumber}");
        return check.Problem switch
        {
            null => string.Create(plain,
                $"The proof holds: {check.Document!.Entries.Count} entries{(check.Document.CaseNumber is { } number ? $" about case {number}" : "")} stood in the audit, as they are here, when its head of {check.Document.Head.Size} was signed at {check.Document.Head.SignedAt:yyyy-MM-dd HH:mm:ss} UTC.{Environment.NewLine}Signed by key {check.Document.Head.KeyId}: compare it with the key that you know. The proof does not say that there were no further entries."),
            ProofProblem.NotAProof => "This is not a proof that this version knows, or it was changed.",
            ProofProblem.Empty => "There are no entries in it.",
            ProofProblem.OtherKey => $"It is signed by another key: {check.Document!.Head.KeyId}.",
            ProofProblem.HeadSignature => "Its head is not signed by its key; one of them was changed.",
            ProofProblem.Entry => $"{entry} is not what was sealed at its place; it was changed.",
            ProofProblem.OtherCase => $"{entry} is about another case.",
            ProofProblem.Order => $"{entry} does not stand in its order.",
            _ => throw new InvalidOperationException("Unknown problem."),
        };
    }

    public static string Summary(ConsistencyCheck check) => JsonSerializer.Serialize(
        new
        {
            holds = check.Holds,
            problem = check.Problem?.ToString(),
            from = check.Document?.First.Size,
            fromRootHash = check.Document?.First.RootHash,
            to = check.Document?.Second.Size,
            signedAt = check.Document?.Second.SignedAt,
            keyId = check.Document?.Second.KeyId,
        },
        JsonSerializerOptions.Web);

    public static string Describe(ConsistencyCheck check)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        return check.Problem switch
        {
            null => string.Create(plain,
                $"The proof holds: the audit of {check.Document!.Second.Size} entries, signed at {check.Document.Second.SignedAt:yyyy-MM-dd HH:mm:ss} UTC, begins with all {check.Document.First.Size} that the earlier head covered.{Environment.NewLine}The earlier root is {Convert.ToBase64String(check.Document.First.RootHash)}: compare it with the head that you kept, or name its file by --head. Signed by key {check.Document.Second.KeyId}."),
            ConsistencyProblem.NotAProof => "This is not a proof between two heads that this version knows, or it was changed.",
            ConsistencyProblem.OtherKey => $"The later head is signed by another key: {check.Document!.Second.KeyId}.",
            ConsistencyProblem.HeadSignature => "One of its heads is not signed by its key; one of them was changed.",
            ConsistencyProblem.OtherHead => "The earlier head is not the one that you kept.",
            ConsistencyProblem.Rewritten => "The later audit does not begin with all that the earlier head covered: something was changed.",
            _ => throw new InvalidOperationException("Unknown problem."),
        };
    }
}
