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
        await Console.Error.WriteLineAsync("This is the id of the new key. What the old one signed can still be checked.");
        return ExitCode.Ok;
    }
}
