using Microsoft.Extensions.Options;

namespace ModerationConsole.Web.Security;

/// <summary>Bounds of what programs may send. Section <c>Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Api";

    /// <summary><c>Api:MaxBodyBytes</c>: largest body of a request.</summary>
    public long MaxBodyBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary><c>Api:RequestsPerSecond</c>: what one key may ask for in the long run.</summary>
    public int RequestsPerSecond { get; set; } = 500;

    /// <summary><c>Api:Burst</c>: what one key may ask for at once after a rest.</summary>
    public int Burst { get; set; } = 5_000;
}

internal sealed class ApiOptionsValidator : IValidateOptions<ApiOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        List<string> wrong = [];
        if (options.MaxBodyBytes is < 1024 or > 100 * 1024 * 1024)
        {
            wrong.Add("Api:MaxBodyBytes must be between 1024 and 104857600.");
        }

        if (options.RequestsPerSecond < 1)
        {
            wrong.Add("Api:RequestsPerSecond must be at least 1.");
        }

        if (options.Burst < options.RequestsPerSecond)
        {
            wrong.Add("Api:Burst must be at least Api:RequestsPerSecond.");
        }

        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}
