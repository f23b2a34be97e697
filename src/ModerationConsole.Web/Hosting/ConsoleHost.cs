using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Web.Hosting;

/// <summary>The process: where its settings come from, what its server accepts, how it starts, stops and refuses.</summary>
public static class ConsoleHost
{
    private const long MaxRequestBytes = 10 * 1024 * 1024;

    /// <summary>A builder whose settings and data belong to the folder the program is started in, if it is one of ours; otherwise to the program's own.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        string currentDirectory = Directory.GetCurrentDirectory();
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = ConsoleCommandLine.Split(args).Settings,
            ContentRootPath = File.Exists(Path.Combine(currentDirectory, "appsettings.json")) ? currentDirectory : AppContext.BaseDirectory,
        });

        SettingsSecrets.Refuse(builder.Configuration);

        // Does nothing when published; a build run from source needs it in every environment, not only in Development.
        builder.WebHost.UseStaticWebAssets();
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
        {
            builder.WebHost.UseUrls("http://localhost:5080");
        }

        builder.WebHost.ConfigureKestrel(Limit);
        // Open pages are told to wait for another server; what was accepted is stored; then the process ends.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(20));
        if (ConsoleCommandLine.NamesVerb(args))
        {
            // A verb's results are on stdout, for programs to read.
            builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        }

        return builder;
    }

    /// <summary>Adds verbs and what watches over the process.</summary>
    public static WebApplicationBuilder AddConsoleHosting(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHostedService<DemoStart>();
        builder.Services.AddSingleton<IValidateOptions<NodeOptions>, NodeOptionsValidator>();
        builder.Services.AddOptions<NodeOptions>().Bind(builder.Configuration.GetSection(NodeOptions.Section)).ValidateOnStart();
        builder.Services.AddHostedService<LeaveInTime>();
        builder.Services.AddOptions<TelemetryOptions>().Bind(builder.Configuration.GetSection(TelemetryOptions.Section)).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidator>()
            .AddSingleton<RequestCount>().AddSingleton<CommittedCounts>().AddSingleton<WorkFigures>().AddSingleton<OwnGauges>().AddSingleton<Metrics>()
            .AddSingleton<ToldEvents>().AddHostedService(provider => provider.GetRequiredService<ToldEvents>())
            .AddHostedService<Telemetry>();
        builder.Services.AddVerb<ServeVerb>().AddVerb<MigrateVerb>().AddVerb<AddUserVerb>()
            .AddVerb<ImportItemsVerb>().AddVerb<CreateKeyVerb>().AddVerb<DemoResetVerb>()
            .AddVerb<VerifyAuditVerb>().AddVerb<ExportAuditVerb>().AddVerb<CheckAuditVerb>().AddVerb<RotateAuditKeyVerb>();
        return builder;
    }

    /// <summary>Counts answers, and gives those that failed on our side plain words instead of a trace.</summary>
    public static WebApplication UseConsoleHosting(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        // From the first act on, not from the first look at the figures.
        app.Services.GetRequiredService<CommittedCounts>();
        app.Use(async (context, next) =>
        {
            await next(context);
            context.RequestServices.GetRequiredService<RequestCount>().Add(context.Response.StatusCode);
            TraceScrubber.Describe(context);
        });
        app.UseExceptionHandler(failed => failed.Run(context =>
        {
            (context.Response.StatusCode, string words) = Describe(context.Features.Get<IExceptionHandlerFeature>()?.Error);
            return context.Response.WriteAsync(words);
        }));
        // A person who mistyped an address sees the console, not the browser's own page; programs get the bare status.
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                pages.Enabled = WantsPage(context);
            }

            return next(context);
        });
        return app;
    }

    /// <summary>Why the program cannot start, in lines for the operator; null when it is a defect, whose trace is wanted.</summary>
    public static string? Explain(Exception error) => error switch
    {
        StartRefusedException => error.Message,
        OptionsValidationException validation => string.Join(Environment.NewLine, validation.Failures),
        AggregateException many when many.InnerExceptions.All(inner => Explain(inner) is not null) =>
            string.Join(Environment.NewLine, many.InnerExceptions.Select(Explain)),
        // The binder's, for a value of the wrong type: it names key and value.
        InvalidOperationException when error.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) => error.Message,
        _ => null,
    };

    private static bool WantsPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html")
        && !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    private static (int Status, string Words) Describe(Exception? error) => error switch
    {
        PermissionDeniedException => (StatusCodes.Status403Forbidden, "You may not do this. Your roles do not include it."),
        Microsoft.AspNetCore.Http.BadHttpRequestException bad => (bad.StatusCode, "The request could not be read."),
        _ => (StatusCodes.Status500InternalServerError, "Something broke on our side. What you saved is safe. Go back and try again."),
    };

    private static void Limit(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = MaxRequestBytes;
        options.Limits.MaxRequestHeaderCount = 64;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    }
}
