using System.Text.Json;
using ModerationConsole.Core.Audit.Proofs;

namespace ModerationConsole.Web.Hosting;

/// <summary>Checks an exported proof on any machine: reads that one file, and a head that was kept, and nothing else.</summary>
internal sealed class CheckAuditVerb : IVerb
{
    public string Name => "audit check";

    public string Usage => "FILE [--key ID] [--head FILE] [--json]   (offline; ID: the key that it must be signed by; --head: the earlier head as it was kept)";

    public VerbNeeds Needs => VerbNeeds.Nothing;

    public async Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (Order.Read(args) is not { } order || await ReadAsync(order.Path!, cancellationToken) is not { } bytes)
        {
            return Order.Read(args) is null ? ExitCode.WrongUse : ExitCode.Failed;
        }

        ProofHead? kept = null;
        if (order.Head is { } path)
        {
            if (await ReadAsync(path, cancellationToken) is not { } head)
            {
                return ExitCode.Failed;
            }

            kept = CheckConsistency.ReadHead(head);
            if (kept is null)
            {
                await Console.Error.WriteLineAsync($"{path} is not a head of an audit.");
                return ExitCode.Failed;
            }
        }

        if (kept is not null || IsConsistency(bytes))
        {
            ConsistencyCheck consistency = CheckConsistency.Run(bytes, order.Key, kept);
            Console.WriteLine(order.Json ? ProofWords.Summary(consistency) : ProofWords.Describe(consistency));
            return consistency.Holds ? ExitCode.Ok : ExitCode.Failed;
        }

        ProofCheck check = CheckProof.Run(bytes, order.Key);
        Console.WriteLine(order.Json ? ProofWords.Summary(check) : ProofWords.Describe(check));
        return check.Holds ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{path} cannot be read: {error.Message}");
            return null;
        }
    }

    private static bool IsConsistency(byte[] bytes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("format", out JsonElement format)
                && format.ValueKind == JsonValueKind.String && format.ValueEquals(ConsistencyDocument.FormatName);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private sealed record Order(string? Path, string? Key, string? Head, bool Json)
    {
        public static Order? Read(string[] args)
        {
            Order order = new(null, null, null, false);
            for (int i = 0; i < args.Length; i++)
            {
                switch (args[i])
                {
                    case "--json":
                        order = order with { Json = true };
                        break;
                    case "--key" when order.Key is null && i + 1 < args.Length:
                        order = order with { Key = args[++i] };
                        break;
                    case "--head" when order.Head is null && i + 1 < args.Length:
                        order = order with { Head = args[++i] };
                        break;
                    case { } other when order.Path is null && !other.StartsWith('-'):
                        order = order with { Path = other };
                        break;
                    default:
                        return null;
                }
            }

            return order.Path is null ? null : order;
        }
    }
}
