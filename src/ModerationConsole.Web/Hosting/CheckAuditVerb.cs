using System.Globalization;
using System.Text.Json;
using ModerationConsole.Core.Audit.Proofs;

namespace ModerationConsole.Web.Hosting;

/// <summary>Checks an exported proof on any machine: reads that one file and nothing else.</summary>
internal sealed class CheckAuditVerb : IVerb
{
    public string Name => "audit check";

    public string Usage => "FILE [--key ID] [--json]   (offline; ID: the key that it must be signed by)";

    public VerbNeeds Needs => VerbNeeds.Nothing;

    public async Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (Read(args) is not var (path, key, json))
        {
            return ExitCode.WrongUse;
        }

        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{path} cannot be read: {error.Message}");
            return ExitCode.Failed;
        }

        ProofCheck check = CheckProof.Run(bytes, key);
        Console.WriteLine(json ? Summary(check) : Describe(check));
        return check.Holds ? ExitCode.Ok : ExitCode.Failed;
    }

    private static string Summary(ProofCheck check) => JsonSerializer.Serialize(
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

    private static string Describe(ProofCheck check)
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

    private static (string Path, string? Key, bool Json)? Read(string[] args)
    {
        string? path = null;
        string? key = null;
        bool json = false;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--json":
                    json = true;
                    break;
                case "--key" when key is null && i + 1 < args.Length:
                    key = args[++i];
                    break;
                case { } other when path is null && !other.StartsWith('-'):
                    path = other;
                    break;
                default:
                    return null;
            }
        }

        return path is null ? null : (path, key, json);
    }
}
