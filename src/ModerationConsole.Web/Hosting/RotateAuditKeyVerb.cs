using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Sealing;

namespace ModerationConsole.Web.Hosting;

/// <summary>Makes a new key for the audit's heads. A serving console signs its next head with it.</summary>
internal sealed class RotateAuditKeyVerb : IVerb
{
    public string Name => "audit rotate-key";

    public string Usage => "";

    public async Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (args.Length > 0)
        {
            return ExitCode.WrongUse;
        }

        Console.WriteLine(await services.GetRequiredService<RotateSealingKey>().RunAsync(Caller.System, cancellationToken));
        try
        {
            // The old key goes when its rotation is sealed.
            await services.GetRequiredService<SealAudit>().RunOnceAsync(cancellationToken);
        }
        catch (AuditBrokenException error)
        {
            await Console.Error.WriteLineAsync($"The audit is not what was signed: {error.Message} Nothing is sealed until it is put right, and the new key waits; run 'audit verify'.");
            return ExitCode.Failed;
        }

        await Console.Error.WriteLineAsync("This is the id of the new key. What the old one signed can still be checked.");
        return ExitCode.Ok;
    }
}
