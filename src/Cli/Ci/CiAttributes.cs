namespace OpencodeOtel.Cli.Ci;

/// <summary>What a CI system tells a job about itself, in the words of OpenTelemetry's CI/CD and VCS conventions.</summary>
/// <remarks><see href="https://opentelemetry.io/docs/specs/semconv/resource/cicd/"/>, version 1.38. Only the named variables are read, and of addresses no user info is kept.</remarks>
internal static class CiAttributes
{
    /// <summary>Reads the attributes of the job that this process runs in; none outside of a known CI system.</summary>
    /// <param name="variables">Looks up an environment variable.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(Func<string, string?> variables)
    {
        var facts = new CiFacts(variables);
        if (facts["GITHUB_ACTIONS"] == "true")
        {
            ReadGitHub(facts);
        }
        else if (facts["GITLAB_CI"] is not null)
        {
            ReadGitLab(facts);
        }
        else if (facts["BUILDKITE"] == "true")
        {
            ReadBuildkite(facts);
        }
        else if (facts["TF_BUILD"] is not null)
        {
            ReadAzure(facts);
        }
        else if (facts["JENKINS_URL"] is not null || facts["JENKINS_HOME"] is not null)
        {
            ReadJenkins(facts);
        }

        return facts.Attributes;
    }

    private static void ReadGitHub(CiFacts facts)
    {
        string? repository = facts["GITHUB_REPOSITORY"];
        string? address = Join(facts["GITHUB_SERVER_URL"], repository);
        string? run = Join(address, Join("actions/runs", facts["GITHUB_RUN_ID"]));
        facts.Add(CiKeys.PipelineName, facts["GITHUB_WORKFLOW"]);
        facts.Add(CiKeys.RunId, facts["GITHUB_RUN_ID"]);
        facts.AddAddress(CiKeys.RunUrl, facts["GITHUB_RUN_ATTEMPT"] is { } attempt && attempt != "1" ? Join(run, $"attempts/{attempt}") : run);
        facts.Add(CiKeys.TaskName, facts["GITHUB_JOB"]);
        facts.Add(CiKeys.WorkerName, facts["RUNNER_NAME"]);
        facts.Add(CiKeys.Provider, "github");
        facts.Add(CiKeys.Owner, facts["GITHUB_REPOSITORY_OWNER"]);
        facts.Add(CiKeys.RepositoryName, repository?[(repository.LastIndexOf('/') + 1)..]);
        facts.AddAddress(CiKeys.RepositoryUrl, address);
        facts.Add(CiKeys.HeadName, facts["GITHUB_HEAD_REF"] ?? facts["GITHUB_REF_NAME"]);
        facts.Add(CiKeys.HeadType, facts["GITHUB_HEAD_REF"] is null ? facts["GITHUB_REF_TYPE"] : "branch");
        facts.Add(CiKeys.HeadRevision, facts["GITHUB_SHA"]);
        facts.Add(CiKeys.BaseName, facts["GITHUB_BASE_REF"]);
        facts.Add(CiKeys.ChangeId, facts["GITHUB_REF"]?.Split('/') is ["refs", "pull", var number, ..] ? number : null);
    }

    private static void ReadGitLab(CiFacts facts)
    {
        facts.Add(CiKeys.PipelineName, facts["CI_PIPELINE_NAME"] ?? facts["CI_PROJECT_PATH"]);
        facts.Add(CiKeys.RunId, facts["CI_PIPELINE_ID"]);
        facts.AddAddress(CiKeys.RunUrl, facts["CI_PIPELINE_URL"]);
        facts.Add(CiKeys.TaskName, facts["CI_JOB_NAME"]);
        facts.Add(CiKeys.TaskRunId, facts["CI_JOB_ID"]);
        facts.AddAddress(CiKeys.TaskRunUrl, facts["CI_JOB_URL"]);
        facts.Add(CiKeys.WorkerId, facts["CI_RUNNER_ID"]);
        facts.Add(CiKeys.WorkerName, facts["CI_RUNNER_DESCRIPTION"]);
        facts.Add(CiKeys.Provider, "gitlab");
        facts.Add(CiKeys.Owner, facts["CI_PROJECT_NAMESPACE"]);
        facts.Add(CiKeys.RepositoryName, facts["CI_PROJECT_NAME"]);
        facts.AddAddress(CiKeys.RepositoryUrl, facts["CI_PROJECT_URL"]);
        facts.Add(CiKeys.HeadName, facts["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"] ?? facts["CI_COMMIT_REF_NAME"]);
        facts.Add(CiKeys.HeadType, facts["CI_COMMIT_TAG"] is null ? "branch" : "tag");
        facts.Add(CiKeys.HeadRevision, facts["CI_COMMIT_SHA"]);
        facts.Add(CiKeys.BaseName, facts["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"]);
        facts.Add(CiKeys.ChangeId, facts["CI_MERGE_REQUEST_IID"]);
    }

    private static void ReadBuildkite(CiFacts facts)
    {
        string? job = facts["BUILDKITE_JOB_ID"];
        facts.Add(CiKeys.PipelineName, facts["BUILDKITE_PIPELINE_NAME"] ?? facts["BUILDKITE_PIPELINE_SLUG"]);
        facts.Add(CiKeys.RunId, facts["BUILDKITE_BUILD_ID"]);
        facts.AddAddress(CiKeys.RunUrl, facts["BUILDKITE_BUILD_URL"]);
        facts.Add(CiKeys.TaskName, facts["BUILDKITE_LABEL"] ?? facts["BUILDKITE_STEP_KEY"]);
        facts.Add(CiKeys.TaskRunId, job);
        facts.AddAddress(CiKeys.TaskRunUrl, facts["BUILDKITE_BUILD_URL"] is { } build && job is not null ? $"{build}#{job}" : null);
        facts.Add(CiKeys.WorkerId, facts["BUILDKITE_AGENT_ID"]);
        facts.Add(CiKeys.WorkerName, facts["BUILDKITE_AGENT_NAME"]);
        facts.AddAddress(CiKeys.RepositoryUrl, facts["BUILDKITE_REPO"]);
        facts.Add(CiKeys.HeadName, facts["BUILDKITE_TAG"] ?? facts["BUILDKITE_BRANCH"]);
        facts.Add(CiKeys.HeadType, facts["BUILDKITE_TAG"] is null ? "branch" : "tag");
        facts.Add(CiKeys.HeadRevision, facts["BUILDKITE_COMMIT"]);
        if (facts["BUILDKITE_PULL_REQUEST"] is { } change && change != "false")
        {
            facts.Add(CiKeys.BaseName, facts["BUILDKITE_PULL_REQUEST_BASE_BRANCH"]);
            facts.Add(CiKeys.ChangeId, change);
        }
    }

    private static void ReadAzure(CiFacts facts)
    {
        string? project = Join(facts["SYSTEM_COLLECTIONURI"] ?? facts["SYSTEM_TEAMFOUNDATIONCOLLECTIONURI"], Escape(facts["SYSTEM_TEAMPROJECT"]));
        string? source = facts["SYSTEM_PULLREQUEST_SOURCEBRANCH"] ?? facts["BUILD_SOURCEBRANCH"];
        facts.Add(CiKeys.PipelineName, facts["BUILD_DEFINITIONNAME"]);
        facts.Add(CiKeys.RunId, facts["BUILD_BUILDID"]);
        facts.AddAddress(CiKeys.RunUrl, facts["BUILD_BUILDID"] is { } id ? Join(project, $"_build/results?buildId={id}") : null);
        facts.Add(CiKeys.TaskName, facts["SYSTEM_JOBDISPLAYNAME"] ?? facts["SYSTEM_JOBNAME"]);
        facts.Add(CiKeys.TaskRunId, facts["SYSTEM_JOBID"]);
        facts.Add(CiKeys.WorkerId, facts["AGENT_ID"]);
        facts.Add(CiKeys.WorkerName, facts["AGENT_NAME"]);
        facts.Add(CiKeys.RepositoryName, facts["BUILD_REPOSITORY_NAME"] is { } name ? name[(name.LastIndexOf('/') + 1)..] : null);
        facts.AddAddress(CiKeys.RepositoryUrl, facts["BUILD_REPOSITORY_URI"]);
        facts.AddReference(CiKeys.HeadName, CiKeys.HeadType, source);
        facts.Add(CiKeys.HeadRevision, facts["BUILD_SOURCEVERSION"]);
        facts.AddReference(CiKeys.BaseName, null, facts["SYSTEM_PULLREQUEST_TARGETBRANCH"]);
        facts.Add(CiKeys.ChangeId, facts["SYSTEM_PULLREQUEST_PULLREQUESTNUMBER"] ?? facts["SYSTEM_PULLREQUEST_PULLREQUESTID"]);
    }

    private static void ReadJenkins(CiFacts facts)
    {
        string? branch = facts["CHANGE_BRANCH"] ?? facts["BRANCH_NAME"] ?? facts["GIT_BRANCH"];
        facts.Add(CiKeys.PipelineName, facts["JOB_NAME"]);
        facts.Add(CiKeys.RunId, facts["BUILD_NUMBER"] ?? facts["BUILD_ID"]);
        facts.AddAddress(CiKeys.RunUrl, facts["BUILD_URL"]);
        facts.Add(CiKeys.TaskName, facts["STAGE_NAME"]);
        facts.Add(CiKeys.WorkerName, facts["NODE_NAME"]);
        facts.AddAddress(CiKeys.RepositoryUrl, facts["GIT_URL"]);
        facts.Add(CiKeys.HeadName, facts["TAG_NAME"] ?? branch);
        facts.Add(CiKeys.HeadType, facts["TAG_NAME"] is not null ? "tag" : branch is null ? null : "branch");
        facts.Add(CiKeys.HeadRevision, facts["GIT_COMMIT"]);
        facts.Add(CiKeys.BaseName, facts["CHANGE_TARGET"]);
        facts.Add(CiKeys.ChangeId, facts["CHANGE_ID"]);
    }

    private static string? Join(string? first, string? second) => first is null || second is null ? null : $"{first.TrimEnd('/')}/{second}";

    private static string? Escape(string? text) => text is null ? null : Uri.EscapeDataString(text);
}
